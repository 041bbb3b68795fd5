using Makapix.Provisioning.Authority.Profiles;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>Judges what was asked for, before anything is made.</summary>
internal interface IRequestValidator
{
    /// <exception cref="AuthorityException">It is refused, and why.</exception>
    void Validate(IssueRequest request, CertificateProfile profile, IssueContext context);
}
