using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>Subject and authority key identifier (RFC 5280, 4.2.1.1 and 4.2.1.2), by RFC 7093, method 1.</summary>
internal sealed class KeyIdentifierModifier : IDraftModifier
{
    public void Apply(CertificateDraft draft, IssueContext context)
    {
        var own = new X509SubjectKeyIdentifierExtension(draft.Request.SubjectKey, X509SubjectKeyIdentifierHashAlgorithm.ShortSha256, critical: false);
        var issuers = context.Issuer?.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single() ?? own;
        draft.Extensions.Add(own);
        draft.Extensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuers));
    }
}
