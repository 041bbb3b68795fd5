using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Heads;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>The leaf that signs the heads of the ledger.</summary>
public sealed partial class CertificateAuthority
{
    internal const string AuditName = "audit_ledger";
    private static readonly TimeSpan AuditRenewal = TimeSpan.FromDays(30);

    /// <summary>The audit leaf with its key, and its issuing CA. A new one is made when the last is near its end, is revoked, or has lost its issuer.</summary>
    /// <exception cref="AuthorityException">MKX-CA-005, 007: a key cannot be used. 014, 015: the services issuing CA may not issue.</exception>
    public AuditSigner AuditSigner()
    {
        if (ReadyAuditSigner() is { } ready)
        {
            return ready;
        }

        OpenKeys(CertificateKind.ServicesIssuing);
        using var key = PrepareKey(new KeySource(_profiles[CertificateKind.AuditSigner].Keys[0]));
        try
        {
            using var record = Ledger.Begin();
            var now = Now();
            if (UsableAuditKey(record, now) is null)
            {
                var issuer = _generations.Active(CertificateKind.ServicesIssuing, record, now).Signer;
                AddGeneration(record, CertificateKind.AuditSigner, key, new CertificateNames(AuditName), issuer, now).Dispose();
                record.Commit();
            }
        }
        catch
        {
            RecoverIfPossible();
            throw;
        }

        Recover();
        using var after = Ledger.Read();
        return Signer(after, _generations.Active(CertificateKind.AuditSigner, after, Now()));
    }

    /// <summary>
    /// Signs into a file how far the ledger is: whoever keeps that away from the ledger can tell later whether anything up to it was changed. The file is there and
    /// the ledger says so, or neither.
    /// </summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="mode">Who may read it.</param>
    /// <param name="replace">Whether it takes the place of one that is there.</param>
    /// <returns>What was signed.</returns>
    /// <exception cref="AuthorityException">As <see cref="AuditSigner()"/>.</exception>
    /// <exception cref="LedgerException">MKX-LEDGER-056: there is a file already. Else the ledger cannot be written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public LedgerHead SignHead(string path, UnixFileMode mode = DurableFile.Public, bool replace = false)
    {
        // First: a path that cannot be must not cost a new audit certificate.
        HeadFile.RequireFree(path, replace);
        using var signer = AuditSigner();
        return HeadFile.Sign(Ledger, signer, path, mode, replace);
    }

    private GenerationKey? UsableAuditKey(LedgerView record, DateTimeOffset now) => _generations.All().LastOrDefault(one =>
        one.Generation.Kind == CertificateKind.AuditSigner
        && record.FindCertificate(one.Certificate.SerialNumber) is { RevokedAt: null } own
        && own.NotAfter > now + AuditRenewal
        && record.FindCertificate(own.IssuerSerial) is { RevokedAt: null });

    private AuditSigner? ReadyAuditSigner()
    {
        using var record = Ledger.Read();
        return UsableAuditKey(record, Now()) is { } usable ? Signer(record, usable) : null;
    }

    private AuditSigner Signer(LedgerView record, GenerationKey key)
    {
        var issuer = record.FindCertificate(key.Certificate.SerialNumber)!.IssuerSerial;
        return new AuditSigner(
            key.Certificate.CopyWithPrivateKey((ECDsa)key.Signer.Key.Algorithm),
            X509CertificateLoader.LoadCertificate(_generations.All().First(ca => ca.Certificate.SerialNumber == issuer).Certificate.RawDataMemory.Span));
    }
}
