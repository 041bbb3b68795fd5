using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Line.Lanes;
using Makapix.Provisioning.Tests.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line.Lanes;

/// <summary>Lanes whose ports, boards and clock a test has in its hand.</summary>
internal sealed class LanesBench : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));
    private readonly CancellationTokenSource _cancel = new();

    public ScriptedWatch Watch { get; init; } = new();

    public ScriptedBoards Boards { get; } = new();

    public RecordingLanes Told { get; } = new();

    /// <summary>The run; ends as that does.</summary>
    public Task Run { get; private set; } = Task.CompletedTask;

    /// <summary>Begins, with one look at the ports.</summary>
    public LanesBench Start(int? count = null)
    {
        Run = Task.Run(() => new ParallelLine(Boards, Watch, Told, _time) { Count = count }.RunAsync(_cancel.Token));
        Assert.IsTrue(_time.SomebodyWaits(Patience), "the ports are looked at");
        return this;
    }

    /// <summary>Lets the ports be looked at so often, and what that brings be done.</summary>
    public void Look(int times = 3)
    {
        for (var i = 0; i < times; i++)
        {
            _time.Advance(ParallelLine.Interval);
            Assert.IsTrue(_time.SomebodyWaits(Patience), "the ports are looked at again");
        }
    }

    /// <summary>Lets time for one look pass; it may be that nobody looks any more.</summary>
    public void Advance()
    {
        _time.Advance(ParallelLine.Interval);
        Until(() => Run.IsCompleted || _time.SomebodyWaits(TimeSpan.Zero), "the ports are looked at, or it is over");
    }

    /// <summary>Plugs boards in, and waits until they were taken.</summary>
    public ScriptedBoard[] Take(params string[] ports)
    {
        var before = Boards.Taken.Count;
        Array.ForEach(ports, port => Watch.Plug(port));
        Look();
        Until(() => Boards.Taken.Count == before + ports.Length, "the boards are taken");
        return [.. Array.ConvertAll(ports, port => LastAt(port))];
    }

    public ScriptedBoard LastAt(string port)
    {
        for (var i = Boards.Taken.Count - 1; i >= 0; i--)
        {
            if (Boards.Taken[i].Port == port)
            {
                return Boards.Taken[i];
            }
        }

        throw new AssertFailedException($"no board was taken at {port}");
    }

    public static void Until(Func<bool> condition, string what) => Assert.IsTrue(SpinWait.SpinUntil(condition, Patience), what);

    public void Results(int count) => Until(() => Told.Results.Length == count, $"{count} boards are done with");

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => _cancel.Cancel();

    /// <summary>Waits for the end, which comes by itself.</summary>
    public Task EndsAsync() => Run.WaitAsync(Patience);

    public void Dispose()
    {
        _cancel.Cancel();
        Assert.IsFalse(Told.Overlapped, "two told something at a time");
        _cancel.Dispose();
    }
}
