using System.Linq;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>The subject's key is of a kind that the profile allows: no weak one, and none that its peers cannot use.</summary>
internal sealed class KeyValidator : IRequestValidator
{
    public void Validate(IssueRequest request, CertificateProfile profile, IssueContext context)
    {
        if (KeyKinds.Of(request.SubjectKey) is not { } kind || !profile.Keys.Contains(kind))
        {
            throw new AuthorityException("019", $"a certificate of this kind ({CertificateKindNames.NameOf(profile.Kind)}) cannot have that kind of key.", $"Make one of {string.Join(", ", profile.Keys.Select(KeyKinds.NameOf))}.");
        }
    }
}
