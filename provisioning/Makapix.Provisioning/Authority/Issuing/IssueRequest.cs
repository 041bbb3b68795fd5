using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>What somebody wants a certificate for.</summary>
/// <param name="Kind">What it shall be.</param>
/// <param name="Names">Whom it shall name.</param>
/// <param name="SubjectKey">The public half of its subject's key.</param>
internal sealed record IssueRequest(CertificateKind Kind, CertificateNames Names, PublicKey SubjectKey)
{
    /// <summary>What the subject itself asked for; null where the key was born here.</summary>
    public SigningRequest? SubjectsOwn { get; init; }

    /// <summary>A serial number that was drawn and written down before; null: one is drawn now.</summary>
    public string? Serial { get; init; }
}
