using System;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Ledger.Tables;

namespace Makapix.Provisioning.Ledger;

/// <summary>
/// The ledger, up to date and closed to every other writer until <see cref="LedgerView.Dispose()"/>. What was appended counts when
/// <see cref="Commit"/> returns, all of it or nothing: then it is on the disk.
/// </summary>
public sealed class LedgerTransaction : LedgerView
{
    private readonly LedgerOptions _options;
    private readonly AuditHash _hash = new();
    private LedgerHead? _head;
    private readonly byte[] _previous;
    private bool _committed;
    private bool _failed;

    internal LedgerTransaction(DeviceLedger ledger, LedgerSession session, LedgerOptions options)
        : base(ledger, session)
    {
        _options = options;
        _head = AuditTable.Head(session);
        _previous = _head is null ? AuditHash.Genesis(ledger.Id) : Convert.FromHexString(_head.Hash);
    }

    /// <summary>Appends an entry, and brings the tables up to it.</summary>
    /// <param name="happened">What happened.</param>
    /// <returns>The entry, as the newest of the ledger; it counts after <see cref="Commit"/>.</returns>
    /// <exception cref="LedgerException">
    /// MKX-LEDGER-021, 022: the clock is far from the newest entry's time. 030…038: it contradicts what was written before. Else the database failed.
    /// After any of them nothing of this transaction can be committed.
    /// </exception>
    public LedgerHead Append(LedgerEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        RequireUsable();
        _failed = true;
        var head = Write(happened);
        _failed = false;
        return head;
    }

    /// <summary>Makes it last.</summary>
    /// <exception cref="LedgerException">MKX-LEDGER-016: the server was lost meanwhile, and nobody knows. Else the database failed, and nothing was written.</exception>
    public void Commit()
    {
        RequireUsable();
        _failed = true;
        _options.BeforeWrite?.Invoke("commit");
        Session.Commit();
        _committed = true;
        _failed = false;
        _options.BeforeWrite?.Invoke("committed");
    }

    private LedgerHead Write(LedgerEvent happened)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_options.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        LedgerClock.Require(_head, now, happened);
        var (seq, at) = ((_head?.Seq ?? 0) + 1, now.ToUnixTimeMilliseconds());
        var (type, subject, data) = (LedgerEventCodec.NameOf(happened), happened.Subject, LedgerEventCodec.Write(happened));
        _hash.Next(_previous, seq, at, _options.Actor, type, subject, data, _previous);
        var hash = Convert.ToHexStringLower(_previous);

        _options.BeforeWrite?.Invoke("audit");
        AuditTable.Add(Session, seq, at, _options.Actor, type, subject, data, hash);
        _options.BeforeWrite?.Invoke("tables");
        Projection.Apply(Session, seq, at, happened);
        return _head = new LedgerHead(seq, now, hash);
    }

    private void RequireUsable()
    {
        ObjectDisposedException.ThrowIf(Ended, this);
        if (_failed || _committed)
        {
            throw new InvalidOperationException(_committed ? "The transaction was committed." : "Something failed in this transaction: nothing of it can be committed.");
        }
    }
}
