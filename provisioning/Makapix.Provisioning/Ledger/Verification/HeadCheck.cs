using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Ledger.Heads;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>Whether the ledger itself knows who signed the head that it is held against, and trusted him then: his certificate alone says neither.</summary>
internal static class HeadCheck
{
    // Those that do not say that somebody else may have the key.
    private static readonly X509RevocationReason[] HarmlessReasons = [X509RevocationReason.AffiliationChanged, X509RevocationReason.Superseded, X509RevocationReason.CessationOfOperation];

    public static IEnumerable<LedgerFinding> Run(LedgerView view, SignedHead? known)
    {
        if (known is not null && Distrust(view, known) is { } why)
        {
            yield return new LedgerFinding("certificates", known.SignerSerial, $"it signed the head that this ledger is held against, and {why}");
        }
    }

    private static string? Distrust(LedgerView view, SignedHead known)
    {
        if (view.FindCertificate(known.SignerSerial) is not { Kind: CertificateKind.AuditSigner } signer || signer.Sha256 != known.SignerSha256)
        {
            // With a stolen services CA somebody has made an audit certificate of his own.
            return "is none of the audit certificates that this ledger has";
        }

        // A head has no time but the one that its signer wrote: whoever has a stolen key can sign yesterday's.
        if (signer.Reason is { } reason && !HarmlessReasons.Contains(reason))
        {
            return $"is revoked ({LedgerWords.Of(reason)}): whoever has its key can sign any head";
        }

        if (signer.RevokedAt <= known.Head.At)
        {
            return "was revoked before";
        }

        return view.FindCertificate(signer.IssuerSerial)?.RevokedAt <= known.Head.At ? "its issuing CA was revoked before" : null;
    }
}
