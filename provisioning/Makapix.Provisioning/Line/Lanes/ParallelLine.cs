using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>
/// One lane a port, all at a time and each by itself: a board is taken when it is plugged in, and once. What fails at a board is that board's; what is
/// wrong with the station ends the taking of boards, never a board that was begun.
/// </summary>
/// <param name="runner">Makes the devices.</param>
/// <param name="watch">Sees the boards.</param>
/// <param name="observer">Is told how it goes.</param>
/// <param name="clock">The clock of looks and results.</param>
public sealed partial class ParallelLine(IBoardRunner runner, IPortWatch watch, ILaneObserver observer, TimeProvider clock)
{
    /// <summary>From one look at the ports to the next. A board that is plugged in is taken at the second look that sees it.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks between two questions whether the station is ready.</summary>
    private const int LooksPerCheck = 20;

    private readonly Lock _gate = new();
    private readonly List<Lane> _lanes = [];
    private readonly List<Task> _running = [];
    private MakapixException? _halted;
    private int _passed;
    private int _looks;

    /// <summary>How many devices are wanted; null: as many as boards come.</summary>
    public int? Count { get; init; }

    /// <summary>Takes boards until enough are devices.</summary>
    /// <param name="cancel">Ends it: no more boards are taken, and those that were begun are left as they are; only a burn is waited for.</param>
    /// <exception cref="MakapixException">No more could be taken, for what is wrong with this station; those that were begun have ended.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; every board has ended.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        Expect(watch.Expected);
        var tick = Task.CompletedTask;
        while (!cancel.IsCancellationRequested && _halted is null && !IsDone())
        {
            if (tick.IsCompleted)
            {
                Look();
                tick = Task.Delay(Interval, clock, cancel);
            }

            TakeBoards(cancel);
            await Task.WhenAny([.. _running, tick]);
            await EndedAsync();
        }

        await Task.WhenAll(_running);
        cancel.ThrowIfCancellationRequested();
        if (_halted is not null)
        {
            throw _halted;
        }
    }

    // A lane throws nothing that is not a defect of this class.
    private async Task EndedAsync()
    {
        foreach (var ended in _running.FindAll(one => one.IsCompleted))
        {
            _running.Remove(ended);
            await ended;
        }
    }

    private bool IsDone()
    {
        lock (_gate)
        {
            return _passed >= Count && _running.Count == 0;
        }
    }

    private void Look()
    {
        try
        {
            var seen = watch.Look();
            Expect(seen.Select(port => port.Name));
            See(seen);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // In the middle of a change: the next look sees what came of it. Not to see is not to see nothing, which would free boards to be taken again.
        }

        if (_looks++ % LooksPerCheck == 0)
        {
            RequireReady();
        }
    }

    /// <summary>A lane for each port that has none yet. It is shown once it is known whether a board is there.</summary>
    private void Expect(IEnumerable<string> ports)
    {
        lock (_gate)
        {
            foreach (var port in ports.Where(port => !_lanes.Exists(lane => lane.Port == port)))
            {
                _lanes.Add(new Lane(_lanes.Count + 1, port));
            }
        }
    }

    private void See(IReadOnlyList<SeenPort> seen)
    {
        lock (_gate)
        {
            foreach (var lane in _lanes)
            {
                if (lane.Look(seen.FirstOrDefault(port => port.Name == lane.Port)))
                {
                    Tell(() => observer.Changed(lane.View));
                }
            }
        }
    }

    private bool RequireReady()
    {
        try
        {
            runner.RequireReady();
        }
        catch (MakapixException e)
        {
            if (StationFailure.Of(e) is { } station)
            {
                Halt(station);
            }

            // Else another writer has the ledger for a moment: a board that is there is taken at a later look.
            return false;
        }

        return _halted is null;
    }
}
