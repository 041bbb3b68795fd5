using System.Linq;
using Makapix.Provisioning.Authority.Profiles;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>Where the profile says so, a name has one valid certificate at a time.</summary>
internal sealed class SingleNameValidator : IRequestValidator
{
    public void Validate(IssueRequest request, CertificateProfile profile, IssueContext context)
    {
        var name = request.Names.CommonName;
        if (profile.OneValidPerName && context.Record.CertificatesNamed(name).FirstOrDefault(c => c.IsValid(context.Now)) is { } other)
        {
            throw new AuthorityException("013", $"{name} has a valid certificate already, serial {other.Serial}.", "Use another id, or revoke that certificate first.");
        }
    }
}
