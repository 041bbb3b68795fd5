using Makapix.Provisioning.Authority.Profiles;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>The issuing CA is one of this record, not revoked, and valid now.</summary>
internal sealed class IssuerValidator : IRequestValidator
{
    public void Validate(IssueRequest request, CertificateProfile profile, IssueContext context)
    {
        if (context.Issuer is not { } issuer)
        {
            return;
        }

        if (context.Record.FindCertificate(issuer.SerialNumber) is not { RevokedAt: null })
        {
            throw new AuthorityException("014", "the issuing CA is revoked.", "Introduce a new one with 'makapix ca rotate-issuing'.");
        }

        if (context.Now < issuer.NotBefore.ToUniversalTime() || context.Now >= issuer.NotAfter.ToUniversalTime())
        {
            throw new AuthorityException("015", $"by this machine's clock ({context.Now:u}) the issuing CA is not valid.", "Set the clock; if it is right, the CA has expired: introduce a new one with 'makapix ca rotate-issuing'.");
        }
    }
}
