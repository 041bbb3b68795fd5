using System;
using System.Collections.Generic;
using System.Linq;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Ledger.Heads;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>
/// Reads a whole ledger, and finds each entry of the trail that was changed, taken out or moved, and each row of a table that is not what the
/// entries say. Whoever rewrites the trail from some entry on and all that depends on it is found by a head alone that was signed after that
/// entry and kept elsewhere; so is whoever cuts the end off.
/// </summary>
public static class LedgerVerifier
{
    /// <summary>After so many findings no more are kept.</summary>
    public const int MaxFindings = 100;

    /// <summary>Verifies one moment of a ledger; writers go on meanwhile.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="known">A head of it that was signed earlier; null if none is at hand.</param>
    /// <exception cref="LedgerException">MKX-LEDGER-054: the head is of another ledger. Else the database failed.</exception>
    public static LedgerReport Verify(DeviceLedger ledger, SignedHead? known = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        if (known is not null && known.LedgerId != ledger.Id)
        {
            throw new LedgerException("054", $"the head is of another ledger ({known.LedgerId}) than this one ({ledger.Id}).", "Name a head of this ledger; if there is none, find out whether the whole ledger was replaced.");
        }

        using var view = ledger.Read();
        var findings = new FindingList();
        findings.AddRange(ledger.SchemaChanges(view));
        try
        {
            return Verify(ledger, view, known, findings);
        }
        catch (LedgerException e) when (e.Code == LedgerFailure.BrokenCode && findings.All.Count > 0)
        {
            // A table or a column is gone, and was named: nothing more can be asked.
            return new LedgerReport(ledger.Id, Entries: 0, Head: null, findings.All);
        }
    }

    private static LedgerReport Verify(DeviceLedger ledger, LedgerView view, SignedHead? known, FindingList findings)
    {
        findings.AddRange(OtherFacts(view.Session));
        var values = ledger.ValueChanges(view).ToList();
        findings.AddRange(values);
        if (values.Count > 0)
        {
            // What is read of such rows is not what is there: nothing more can be said of them.
            return new LedgerReport(ledger.Id, view.Session.Number("SELECT COUNT(*) FROM audit"), Head: null, findings.All);
        }

        var trail = new TrailCheck(ledger.Id, known?.Head, findings);
        trail.Run(view.Session);
        findings.AddRange(ledger.TrailChanges(view, trail.Entries));
        if (trail.Misread)
        {
            return new LedgerReport(ledger.Id, trail.Entries, Head: null, findings.All);
        }

        findings.AddRange(HeadCheck.Run(view, known));
        var certificates = new CertificateCheck();
        foreach (var check in (TableCheck[])[certificates, new DeviceCheck(), new JournalCheck(), new CrlCheck()])
        {
            check.Run(view.Session, trail.Replay, findings);
        }

        if (certificates.RevokedRows != trail.Replay.Count(typeof(CertificateRevoked)))
        {
            Unrevoked(view.Session, findings);
        }

        return new LedgerReport(ledger.Id, trail.Entries, trail.Head, findings.All);
    }

    private static IEnumerable<LedgerFinding> OtherFacts(LedgerSession session) => session.All(
        "SELECT name FROM meta WHERE name NOT IN ('version', 'ledger-id') ORDER BY name", row => new LedgerFinding("meta", row.GetString(0), "it is none of a ledger's facts about itself"));

    private static void Unrevoked(LedgerSession session, FindingList findings)
    {
        var sql = $"SELECT a.subject, a.seq FROM audit a WHERE a.type = '{LedgerEventCodec.NameOf(typeof(CertificateRevoked))}' AND NOT EXISTS (SELECT 1 FROM certificates c WHERE c.revoked_seq = a.seq) ORDER BY a.seq LIMIT {MaxFindings}";
        foreach (var row in session.Rows(sql))
        {
            findings.Add("certificates", row.GetString(0), $"it is not revoked, but entry {row.GetInt64(1)} revoked it");
        }
    }
}
