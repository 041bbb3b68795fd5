using System;
using System.Collections.Generic;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Ledger.Tables;

namespace Makapix.Provisioning.Ledger;

/// <summary>
/// The ledger at one moment, whatever others write meanwhile. Every question is answered by an index: none gets slower with the number of
/// devices, but for those that return all of them. For one thread at a time.
/// </summary>
public class LedgerView : IDisposable
{
    private readonly DeviceLedger _ledger;

    internal LedgerView(DeviceLedger ledger, LedgerSession session)
    {
        _ledger = ledger;
        Session = session;
    }

    /// <summary>The newest entry; null if there is none yet.</summary>
    public LedgerHead? Head => AuditTable.Head(Session);

    internal LedgerSession Session { get; }

    /// <summary>Whether the transaction is over.</summary>
    protected bool Ended { get; private set; }

    /// <summary>The certificate of that serial number; null if none was issued.</summary>
    /// <param name="serial">Upper-case hexadecimal.</param>
    public LedgerCertificate? FindCertificate(string serial) => CertificateTable.Find(Session, serial);

    /// <summary>Every certificate of that common name, oldest first.</summary>
    public IReadOnlyList<LedgerCertificate> CertificatesNamed(string commonName) => CertificateTable.Named(Session, commonName);

    /// <summary>Every certificate that was asked for, oldest first, one at a time: until the last was read, nothing else can be asked here.</summary>
    /// <param name="query">Which; null for all.</param>
    public IEnumerable<LedgerCertificate> Certificates(CertificateQuery? query = null) => CertificateTable.Find(Session, query);

    /// <summary>Every revoked certificate of a CA, in the order of revocation, also those past their end.</summary>
    /// <param name="issuerSerial">Serial number of the CA's certificate.</param>
    public IReadOnlyList<LedgerCertificate> Revoked(string issuerSerial) => CertificateTable.Revoked(Session, issuerSerial);

    /// <summary>The highest CRL number that a CA has taken; 0 if none.</summary>
    /// <param name="issuerSerial">Serial number of the CA's certificate.</param>
    public long CrlNumber(string issuerSerial) => CrlTable.Newest(Session, issuerSerial);

    /// <summary>The device of that id; null if none left the line.</summary>
    public LedgerDevice? FindDevice(Guid id) => DeviceTable.Find(Session, id);

    /// <summary>The device that a board has become; null if none.</summary>
    public LedgerDevice? DeviceOfBoard(MacAddress mac) => DeviceTable.OfBoard(Session, mac.ToString());

    /// <summary>Every device that was asked for, oldest first, one at a time: until the last was read, nothing else can be asked here.</summary>
    /// <param name="query">Which; null for all.</param>
    public IEnumerable<LedgerDevice> Devices(DeviceQuery? query = null) => DeviceTable.Find(Session, query);

    /// <summary>Every batch, oldest first.</summary>
    public IReadOnlyList<DeviceBatch> Batches() => DeviceTable.Batches(Session);

    /// <summary>The ledger in a few numbers.</summary>
    /// <param name="now">The time that validity is judged at.</param>
    public LedgerSummary Summary(DateTimeOffset now) => new(_ledger.Id, Head, SummaryTable.Devices(Session), SummaryTable.Certificates(Session, now));

    /// <summary>What the line did to a board, oldest first.</summary>
    public IReadOnlyList<Line.JournalEntry> Journal(MacAddress board) => JournalTable.Of(Session, board.ToString());

    /// <summary>The boards that began a step of the line, and never both ended it and were recorded as a device. Looks at all boards.</summary>
    /// <param name="step">Name of the step.</param>
    public IReadOnlyList<MacAddress> UnfinishedAt(string step) => JournalTable.UnfinishedAt(Session, step);

    /// <summary>The newest head that was signed; null if none was. Looks at the entries after it, which a head a day keeps few.</summary>
    public HeadSigned? LastSignedHead() =>
        AuditTable.Last(Session, LedgerEventCodec.NameOf(typeof(HeadSigned))) is { } entry ? (HeadSigned)LedgerEventCodec.Read(entry.Type, entry.Data, entry.Seq) : null;

    /// <summary>Every entry about a serial number, a device id or a board, oldest first.</summary>
    public IReadOnlyList<AuditEntry> About(string subject) => AuditTable.About(Session, subject);

    /// <summary>The audit trail, one entry at a time: until the last was read, nothing else can be asked here.</summary>
    /// <param name="seq">The entry to begin at.</param>
    public IEnumerable<AuditEntry> Audit(long seq = 1) => AuditTable.From(Session, seq);

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends it, and hands back the connection.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!Ended)
        {
            Ended = true;
            Session.Rollback();
            _ledger.Return(Session);
        }
    }
}
