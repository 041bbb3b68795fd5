using Makapix.Provisioning.Authority.Profiles;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>The common name is one of the kind.</summary>
internal sealed class NameValidator : IRequestValidator
{
    public void Validate(IssueRequest request, CertificateProfile profile, IssueContext context)
    {
        if (!profile.CommonName.IsMatch(request.Names.CommonName))
        {
            throw new AuthorityException("011", $"that name cannot be the common name of a certificate of this kind ({CertificateKindNames.NameOf(profile.Kind)}).", "Use a-z, 0-9, hyphen and underscore, at most 32; a broker's first host name has at most 64 characters.");
        }
    }
}
