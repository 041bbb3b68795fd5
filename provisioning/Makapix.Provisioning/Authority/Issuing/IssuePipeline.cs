using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Profiles;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>
/// The one way by which a certificate comes about: validate what was asked for → template of the profile → modify, to make it this one's →
/// sign → verify what came out → enforce the record, whose keys know no serial number twice. It may leave once the record is committed.
/// </summary>
internal static class IssuePipeline
{
    private static readonly IRequestValidator[] Validators =
        [new NameValidator(), new KeyValidator(), new SigningRequestValidator(), new IssuerValidator(), new SingleNameValidator()];

    private static readonly IDraftModifier[] Modifiers = [new NamesModifier(), new ValidityModifier(), new KeyIdentifierModifier(), new SerialModifier()];

    /// <summary>Issues, or says why not. What it returns is in the record, which is not committed yet.</summary>
    /// <exception cref="AuthorityException">It is refused.</exception>
    public static X509Certificate2 Run(IssueRequest request, IssueContext context)
    {
        var profile = context.Profiles[request.Kind];
        foreach (var validator in Validators)
        {
            validator.Validate(request, profile, context);
        }

        var draft = CertificateDraft.Of(profile, request);
        foreach (var modifier in Modifiers)
        {
            modifier.Apply(draft, context);
        }

        var certificate = draft.Sign(context.Signer, context.Issuer);
        try
        {
            Verify(certificate, request, context);
            Enforce(certificate, request, context);
            return certificate;
        }
        catch
        {
            certificate.Dispose();
            throw;
        }
    }

    private static void Verify(X509Certificate2 certificate, IssueRequest request, IssueContext context)
    {
        var findings = ProfileLinter.Check(context.Profiles, request.Kind, certificate, context.Issuer ?? certificate, request.Names);
        if (findings.Count > 0)
        {
            throw new AuthorityException("016", $"the {CertificateKindNames.NameOf(request.Kind)} certificate breaks its profile: {string.Join("; ", findings)}.", "It was not issued. Report this as a defect of makapix.");
        }
    }

    private static void Enforce(X509Certificate2 certificate, IssueRequest request, IssueContext context) =>
        context.Record.Append(new CertificateIssued(
            certificate.SerialNumber,
            request.Kind,
            request.Names.CommonName,
            (context.Issuer ?? certificate).SerialNumber,
            certificate.NotBefore.ToUniversalTime(),
            certificate.NotAfter.ToUniversalTime(),
            certificate.GetCertHashString(HashAlgorithmName.SHA256)));
}
