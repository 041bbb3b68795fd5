using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;

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
    /// <exception cref="AuthorityException">MKX-CA-073: not this authority's root. 06x: the token. 075: done, but not recorded everywhere.</exception>
    public RecordedCertificate RotateIssuing(CertificateKind kind, RootAtHand root, string? tokenUri = null)
    {
        var source = new KeySource(_profiles[kind].Keys[0]) { Token = tokenUri is null ? null : TokenUri.Parse(tokenUri) };
        using var key = PrepareKey(source);
        return DoRootWork(root, (record, now) =>
        {
            using var certificate = AddGeneration(record, kind, key, NextNames(kind), root.Signer, now);
            var made = RecordedCertificate.Of(certificate);
            return (made, new CeremonyRecord { Ceremony = "rotate-issuing", At = now, By = Here, Made = [made] });
        });
    }

    /// <summary>
    /// Revokes an issuing CA, and with it all that it ever signed, recorded or not. Brokers learn of it when they are started anew with a new trust
    /// file and a new CRL file, from both of which it is gone.
    /// </summary>
    /// <param name="generation">Which.</param>
    /// <param name="reason">Why.</param>
    /// <param name="root">The root.</param>
    /// <exception cref="AuthorityException">MKX-CA-035: there is no such issuing CA. 031, 032: as for every certificate. 073: not this authority's root. 075: done, but not recorded everywhere.</exception>
    public LedgerCertificate RevokeIssuing(CaGeneration generation, X509RevocationReason reason, RootAtHand root)
    {
        RequireReason(reason);
        return DoRootWork(root, (record, now) =>
        {
            var ca = _generations.All().FirstOrDefault(one => one.Generation == generation && generation.Kind != CertificateKind.AuditSigner)
                ?? throw new AuthorityException("035", $"this authority has no issuing CA {generation}.", "See 'makapix ca show' for those it has.");
            var revoked = Revoke(record, record.FindCertificate(ca.Certificate.SerialNumber)!, reason);
            return (revoked, new CeremonyRecord { Ceremony = "revoke-issuing", At = now, By = Here, Revoked = [revoked.Serial] });
        });
    }

    /// <summary>Signs a new CRL of the root, so that the old one does not run out.</summary>
    /// <param name="root">The root.</param>
    /// <exception cref="AuthorityException">MKX-CA-073: not this authority's root. 075: done, but not recorded everywhere.</exception>
    public DateTimeOffset RenewRootCrl(RootAtHand root)
    {
        DoRootWork(root, (_, now) => (now, new CeremonyRecord { Ceremony = "root-crl", At = now, By = Here }));
        return RootCrlEnd;
    }

    /// <summary>The records of all ceremonies, oldest first.</summary>
    /// <exception cref="AuthorityException">MKX-CA-006: one is damaged.</exception>
    public IReadOnlyList<CeremonyRecord> Ceremonies =>
        [.. _paths.Ceremonies().Select(file => CeremonyRecord.Read(AuthorityFile.ReadText(file), _root) ?? throw AuthorityFile.Damaged(file))];

    private static string Here => $"{Environment.UserName}@{Environment.MachineName}";

    private T DoRootWork<T>(RootAtHand root, Func<LedgerTransaction, DateTimeOffset, (T Result, CeremonyRecord Ceremony)> work)
    {
        RequireOwn(root);
        root.RequireWritable();
        T result;
        try
        {
            using var record = Ledger.Begin();
            FinishGenerations(record);
            FinishRootWork(record);
            var now = Now();
            (result, var ceremony) = work(record, now);
            var crl = RootCrl(record, root, now);
            Step(_paths.RootWork);
            RootWork.Write(_paths.RootWork, crl, ceremony.Sign(root.Signer));
            record.Commit();
        }
        catch
        {
            RecoverIfPossible();
            throw;
        }

        EndRootWork(root);
        return result;
    }

    // It counts: what is said of a failure now must not make anybody do it a second time.
    private void EndRootWork(RootAtHand root)
    {
        var said = Recovered;
        try
        {
            Recover();
            Step("ceremony-copy");
            root.CopyCeremonies(_paths);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or MakapixException)
        {
            throw new AuthorityException("077", $"this was done and is in the ledger, but its record could not be written everywhere: {e.Message.TrimEnd('.')}.", "Do not do it again: mend the disk or the medium, and 'makapix ca crl --root' writes what is missing.", e);
        }

        Recovered = said;
    }

    // Signed before the commit that takes its number: a number may be lost, never used twice.
    private static string RootCrl(LedgerTransaction record, RootAtHand root, DateTimeOffset now)
    {
        var serial = root.Certificate.SerialNumber;
        var number = record.CrlNumber(serial) + 1;
        record.Append(new CrlNumbered(serial, number));
        return RevocationList.Create(root.Signer, record.Revoked(serial), number, now, RootCrlLifetime);
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
