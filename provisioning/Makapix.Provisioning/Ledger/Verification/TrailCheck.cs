using System;
using System.Data.Common;
using System.Globalization;
using System.Linq;
using System.Text;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>The audit trail itself, from the first entry to the last: is none missing, does each carry the hash of what is before it.</summary>
internal sealed class TrailCheck(Guid ledger, LedgerHead? known, FindingList findings)
{
    private const string Table = "audit";
    private const byte Zero = 0;
    private static readonly string ClockAcceptedName = LedgerEventCodec.NameOf(typeof(ClockAccepted));

    private readonly AuditHash _hash = new();
    private readonly byte[] _previous = AuditHash.Genesis(ledger);
    private readonly byte[] _computed = new byte[AuditHash.Length];
    private readonly byte[] _stored = new byte[AuditHash.Length];
    private bool _lost;
    private long _at = long.MinValue;

    public long Entries { get; private set; }

    public LedgerHead? Head { get; private set; }

    /// <summary>Whether an entry holds what does not read as what it is: of such a trail nothing more can be said.</summary>
    public bool Misread { get; private set; }

    /// <summary>What the entries add up to where it may change, and how many rows each table must have.</summary>
    public Replay Replay { get; } = new(findings);

    public void Run(LedgerSession session)
    {
        long seq = 0;
        byte[] hash = [];
        foreach (var row in session.Rows("SELECT seq, at, actor, type, subject, data, hash FROM audit ORDER BY seq"))
        {
            var expected = seq + 1;
            seq = row.GetInt64(0);
            hash = Bytes(row, 6);
            Entries++;
            RequireNext(expected, seq);
            Check(row, seq, hash);
            RequireKnown(seq, hash);
        }

        Head = Entries == 0 ? null : new LedgerHead(seq, EntryTime.Nearest(_at), Encoding.UTF8.GetString(hash));
        if (known is not null && seq < known.Seq)
        {
            findings.Add(Table, seq + 1, $"the trail ends at entry {seq}, but entry {known.Seq} was there when the head was signed: the ledger was cut short, or put back to an older copy");
        }
    }

    private void Check(DbDataReader row, long seq, byte[] hash)
    {
        var (at, actor, type, subject, data) = (row.GetInt64(1), Bytes(row, 2), Bytes(row, 3), Bytes(row, 4), Bytes(row, 5));
        if (!ReadsAsItIs(row) || actor.Contains(Zero) || type.Contains(Zero) || subject.Contains(Zero))
        {
            findings.Add(LedgerFinding.OfValue(Table, seq.ToString(CultureInfo.InvariantCulture)));
            Misread = true;
            _lost |= !AuditHash.TryParse(hash, _previous);
            return;
        }

        _hash.Next(_previous, seq, at, actor, type, subject, data, _computed);
        if (!AuditHash.TryParse(hash, _stored))
        {
            findings.Add(Table, seq, "its hash is none");
            _computed.CopyTo(_stored, 0);
        }
        else if (!_lost && !_computed.AsSpan().SequenceEqual(_stored))
        {
            findings.Add(Table, seq, "it was changed, or what was before it was: its hash is another");
        }

        // Behind a change the chain goes on from what is written, so that each further one is found too.
        _stored.CopyTo(_previous, 0);
        _lost = false;
        var name = LedgerEventCodec.NameOf(type);
        RequireTime(seq, at, name);
        _at = at;
        Replay.Apply(seq, at, name, subject, data);
    }

    private void RequireNext(long expected, long seq)
    {
        if (seq != expected)
        {
            findings.Add(Table, expected, seq - expected == 1 ? "it is missing" : $"entries {expected} to {seq - 1} are missing");
            _lost = true;
        }
    }

    private void RequireTime(long seq, long at, string? type)
    {
        if (!EntryTime.Exists(at))
        {
            findings.Add(Table, seq, "it is dated beyond all time");
        }
        else if (at + (long)LedgerClock.Backward.TotalMilliseconds < _at && type != ClockAcceptedName)
        {
            findings.Add(Table, seq, "it is dated before the entry in front of it, and nobody had accepted the clock");
        }
    }

    private void RequireKnown(long seq, byte[] hash)
    {
        if (known is not null && seq == known.Seq && Encoding.UTF8.GetString(hash) != known.Hash)
        {
            findings.Add(Table, seq, "its hash is not the one that was signed: the trail was written anew, at this entry or before it");
        }
    }

    // SQLite takes any kind of value in any column. A zero in the data, which are most of a ledger, is found by the hash, which is over all of them.
    private static bool ReadsAsItIs(DbDataReader row)
    {
        for (var i = 1; i < row.FieldCount; i++)
        {
            if (row.GetFieldType(i) != (i == 1 ? typeof(long) : typeof(string)))
            {
                return false;
            }
        }

        return true;
    }

    // All of a text, as it is stored: as a string SQLite would hand it out up to its first zero only.
    private static byte[] Bytes(DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}
