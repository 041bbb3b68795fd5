using System.Linq;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Profiles;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>A subject that asks for itself gets what its profile gives, and may ask for that or for less: one that asks for more is not given less in silence.</summary>
internal sealed class SigningRequestValidator : IRequestValidator
{
    private const string SubjectAltNameOid = "2.5.29.17";

    public void Validate(IssueRequest request, CertificateProfile profile, IssueContext context)
    {
        if (request.SubjectsOwn is not { } own)
        {
            return;
        }

        if (DistinguishedName.Attributes(own.Subject) is not [] && !own.Subject.RawData.SequenceEqual(request.Names.ToSubject().RawData) && !NamesAsUtf8(own, request))
        {
            throw new AuthorityException("052", "the request names somebody else than the certificate would.", $"Have it made with the subject CN={request.Names.CommonName} alone, or with none.");
        }

        if (own.HasOtherAttributes || !own.Extensions.All(extension => IsGranted(extension, request, profile)))
        {
            throw new AuthorityException("053", $"the request asks for more than a certificate of this kind ({CertificateKindNames.NameOf(profile.Kind)}) has.", "Have it made without extensions: the profile brings all that is needed.");
        }
    }

    // The same one common name, in another of the string types that RFC 5280 allows.
    private static bool NamesAsUtf8(SigningRequest own, IssueRequest request) =>
        DistinguishedName.Attributes(own.Subject) is [(DistinguishedName.CommonNameOid, var name)] && name == request.Names.CommonName;

    private static bool IsGranted(X509Extension asked, IssueRequest request, CertificateProfile profile) =>
        asked.Oid?.Value == SubjectAltNameOid
            ? profile.SubjectAltName != AlternativeNames.None && GeneralName.ReadAll(asked.RawData) is { } names && names.All(request.Names.AlternativeNames.Contains)
            : CertificateDraft.Of(profile, request).Extensions.Any(given => given.Oid?.Value == asked.Oid?.Value && given.RawData.SequenceEqual(asked.RawData));
}
