using System;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Benchmarks;

/// <summary>A ledger that simulated boards are written into.</summary>
internal sealed class BenchLedger : IDisposable
{
    private const int ForOneInQuarantine = 200;

    private readonly CommitClock _commits = new();
    private int _boards;

    public BenchLedger(string path) =>
        Ledger = DeviceLedger.Create(LedgerLocation.Sqlite(path), new LedgerOptions { BeforeWrite = _commits.BeforeWrite });

    public DeviceLedger Ledger { get; }

    public long Entries
    {
        get
        {
            using var view = Ledger.Read();
            return view.Head?.Seq ?? 0;
        }
    }

    /// <summary>Milliseconds in all commits so far.</summary>
    public double Committing => _commits.Total;

    /// <summary>One device, in the line's own transactions.</summary>
    public void Provision() => new SimulatedBoard(_boards++).Provision(Ledger);

    /// <summary>Many devices, in fewer transactions.</summary>
    public void Fill(int count, int each)
    {
        for (var left = count; left > 0; left -= each)
        {
            using var transaction = Ledger.Begin();
            for (var i = 0; i < Math.Min(each, left); i++)
            {
                var board = new SimulatedBoard(_boards++);
                board.Provision(transaction);
                if (_boards % ForOneInQuarantine == 1)
                {
                    transaction.Append(new DeviceStateChanged(board.DeviceId, DeviceState.Quarantined, "one of some"));
                }
            }

            transaction.Commit();
        }
    }

    public void Dispose() => Ledger.Dispose();
}
