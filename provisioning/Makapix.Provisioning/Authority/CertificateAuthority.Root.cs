using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>What takes the root's key: new issuing CAs, and the end of old ones.</summary>
public sealed partial class CertificateAuthority
{
    /// <summary>
    /// Introduces a new issuing CA. It issues from now on; what the ones before it issued stays valid. Devices trust the root alone, so that none
    /// of them is touched.
    /// </summary>
    /// <param name="kind">Devices or services.</param>
    /// <param name="root">The root.</param>
    /// <param name="tokenUri">A key that is on a token already (RFC 7512, without a PIN); null: one is made, and kept in an encrypted file.</param>
    /// <exception cref="AuthorityException">MKX-CA-073: not this authority's root. 06x: the token.</exception>
    public RecordedCertificate RotateIssuing(CertificateKind kind, RootAtHand root, string? tokenUri = null)
    {
        RequireOwn(root);
        var source = new KeySource(_profiles[kind].Keys[0]) { Token = tokenUri is null ? null : TokenUri.Parse(tokenUri) };
        RecordedCertificate made;
        DateTimeOffset now;
        try
        {
            using var record = Ledger.Begin();
            now = Now();
            using var certificate = AddGeneration(record, kind, source, NextNames(kind), root.Signer, now);
            made = RecordedCertificate.Of(certificate);
            var crl = RootCrl(record, root, now);
            record.Commit();
            WriteRootCrl(crl);
        }
        catch
        {
            RecoverIfPossible();
            throw;
        }

        FinishRootWork(root, new CeremonyRecord { Ceremony = "rotate-issuing", At = now, By = Here, Made = [made] });
        return made;
    }

    /// <summary>
    /// Revokes an issuing CA, and with it all that it ever signed, recorded or not. Brokers learn of it when they are started anew with a new trust
    /// file and a new CRL file, from both of which it is gone.
    /// </summary>
    /// <param name="generation">Which.</param>
    /// <param name="reason">Why.</param>
    /// <param name="root">The root.</param>
    /// <exception cref="AuthorityException">MKX-CA-035: there is no such issuing CA. 031, 032: as for every certificate. 073: not this authority's root.</exception>
    public LedgerCertificate RevokeIssuing(CaGeneration generation, X509RevocationReason reason, RootAtHand root)
    {
        RequireOwn(root);
        RequireReason(reason);
        var ca = _generations.All().FirstOrDefault(one => one.Generation == generation && generation.Kind != CertificateKind.AuditSigner)
            ?? throw new AuthorityException("035", $"this authority has no issuing CA {generation}.", "See 'makapix ca show' for those it has.");
        using var record = Ledger.Begin();
        var now = Now();
        var revoked = Revoke(record, record.FindCertificate(ca.Certificate.SerialNumber)!, reason);
        var crl = RootCrl(record, root, now);
        record.Commit();
        WriteRootCrl(crl);
        FinishRootWork(root, new CeremonyRecord { Ceremony = "revoke-issuing", At = now, By = Here, Revoked = [revoked.Serial] });
        return revoked;
    }

    /// <summary>Signs a new CRL of the root, so that the old one does not run out.</summary>
    /// <param name="root">The root.</param>
    /// <exception cref="AuthorityException">MKX-CA-073: not this authority's root.</exception>
    public DateTimeOffset RenewRootCrl(RootAtHand root)
    {
        RequireOwn(root);
        using var record = Ledger.Begin();
        var now = Now();
        var crl = RootCrl(record, root, now);
        record.Commit();
        WriteRootCrl(crl);
        FinishRootWork(root, new CeremonyRecord { Ceremony = "root-crl", At = now, By = Here });
        return RootCrlEnd;
    }

    /// <summary>The records of all ceremonies, oldest first.</summary>
    /// <exception cref="AuthorityException">MKX-CA-006: one is damaged.</exception>
    public IReadOnlyList<CeremonyRecord> Ceremonies =>
        [.. Directory.GetFiles(_paths.Folder, "ceremony-*.cms").Order().Select(file => CeremonyRecord.Read(AuthorityFile.ReadText(file), _root) ?? throw AuthorityFile.Damaged(file))];

    private static string Here => $"{Environment.UserName}@{Environment.MachineName}";

    // Signed before the commit that takes its number, and written after it: a number may be lost, never used twice.
    private static string RootCrl(LedgerTransaction record, RootAtHand root, DateTimeOffset now)
    {
        var serial = root.Certificate.SerialNumber;
        var number = record.CrlNumber(serial) + 1;
        record.Append(new CrlNumbered(serial, number));
        return RevocationList.Create(root.Signer, record.Revoked(serial), number, now, RootCrlLifetime);
    }

    private void WriteRootCrl(string crl)
    {
        Step(_paths.RootCrl);
        DurableFile.Replace(_paths.RootCrl, Encoding.ASCII.GetBytes(crl), DurableFile.Public);
    }

    private void FinishRootWork(RootAtHand root, CeremonyRecord record)
    {
        Step("ceremony");
        root.Write(record, _paths);
        Recover();
    }

    private CertificateNames NextNames(CertificateKind kind)
    {
        var organization = _root.SubjectName.EnumerateRelativeDistinguishedNames().Single(part => part.GetSingleElementType().Value == DistinguishedName.OrganizationOid).GetSingleElementValue()!;
        return CaName.Of(organization, kind, NextGeneration(kind).Number);
    }

    private void RequireOwn(RootAtHand root)
    {
        if (!root.Certificate.RawDataMemory.Span.SequenceEqual(_root.RawDataMemory.Span))
        {
            throw new AuthorityException("073", "that is the root of another authority.", "Bring the medium that 'makapix ca init' wrote together with this folder.");
        }
    }
}
