using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Line.Lanes;

public sealed partial class ParallelLine
{
    private const string DeviceAlready = "MKX-LINE-104";

    private void TakeBoards(CancellationToken cancel)
    {
        // Outside of the lock: a server that does not answer must keep no lane waiting.
        if (!HasReady() || !RequireReady())
        {
            return;
        }

        lock (_gate)
        {
            foreach (var lane in _lanes.Where(lane => lane.IsReady))
            {
                // One that is being made may fail: only then another one is needed.
                if (!(_passed + _lanes.Count(one => one.Works) >= Count))
                {
                    lane.Take();
                    Tell(() => observer.Changed(lane.View));
                    _running.Add(Task.Run(() => WorkAsync(lane, cancel), CancellationToken.None));
                }
                else if (lane.Leave())
                {
                    Tell(() => observer.Changed(lane.View));
                }
            }
        }
    }

    private bool HasReady()
    {
        lock (_gate)
        {
            return _lanes.Exists(lane => lane.IsReady);
        }
    }

    private async Task WorkAsync(Lane lane, CancellationToken cancel)
    {
        var start = clock.GetTimestamp();
        var progress = new LaneProgress((step, title) => Change(lane, () => lane.Step(step, title)), () => Change(lane, lane.WaitForBurn));
        ProvisionedDevice? device = null;
        Exception? failure = null;
        try
        {
            device = await runner.RunAsync(lane.Port, progress, cancel);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            failure = e;
        }

        var end = new BoardResult(clock.GetUtcNow(), lane.View.Lane, lane.Port, BoardOutcome.Passed, Math.Round(clock.GetElapsedTime(start).TotalSeconds, 3)) { Mac = device?.Mac ?? progress.Mac };
        Finish(lane, Result(end, device, failure, cancel), failure);
    }

    private static BoardResult Result(BoardResult end, ProvisionedDevice? device, Exception? failure, CancellationToken cancel) => failure switch
    {
        null => end with { DeviceId = device!.DeviceId },
        OperationCanceledException when cancel.IsCancellationRequested => end with { Result = BoardOutcome.Interrupted, NextStep = "Run the command again: it goes on with this board." },
        _ when StationFailure.Coded(failure) is var coded => end with
        {
            Result = coded.Code == DeviceAlready ? BoardOutcome.Already : BoardOutcome.Failed,
            Code = coded.Code,
            Cause = coded.Cause,
            NextStep = coded.NextStep,
        },
        _ => throw new InvalidOperationException("A failure without a code."),
    };

    private void Finish(Lane lane, BoardResult result, Exception? failure)
    {
        bool seen;
        lock (_gate)
        {
            _passed += result.Result == BoardOutcome.Passed ? 1 : 0;
            seen = _passed > 0;
            lane.Finish(result);
            Tell(() => observer.Finished(result));
            Tell(() => observer.Changed(lane.View));
        }

        if (failure is not null && StationFailure.Of(failure, seen) is { } station)
        {
            Halt(station);
        }
    }

    private void Change(Lane lane, Action change)
    {
        lock (_gate)
        {
            change();
            Tell(() => observer.Changed(lane.View));
        }
    }

    /// <summary>What cannot be told must not cost a board: it is gone on with, and is the last.</summary>
    private void Tell(Action telling)
    {
        try
        {
            telling();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Halt(StationFailure.Coded(e));
        }
    }

    private void Halt(MakapixException why)
    {
        lock (_gate)
        {
            if (_halted is not null)
            {
                return;
            }

            _halted = why;
            Tell(() => observer.Halted(why));
        }
    }
}
