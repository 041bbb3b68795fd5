using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Makapix.Provisioning.Line.Lanes;

namespace Makapix.Provisioning.Tests.Line.Lanes;

/// <summary>Remembers what was told of the lanes, and whether two told it at a time.</summary>
internal sealed class RecordingLanes : ILaneObserver
{
    private int _inside;

    /// <summary>What a board cannot be written down for; null: it can.</summary>
    public Exception? Refuses { get; set; }

    public ImmutableArray<LaneView> Views { get; private set; } = [];

    public ImmutableArray<BoardResult> Results { get; private set; } = [];

    public ImmutableArray<MakapixException> Halts { get; private set; } = [];

    public bool Overlapped { get; private set; }

    /// <summary>The lane at that port as it was told last.</summary>
    public LaneView? At(string port) => Views.LastOrDefault(view => view.Port == port);

    public void Changed(LaneView lane) => Alone(() => Views = Views.Add(lane));

    public void Finished(BoardResult board) => Alone(() =>
    {
        Results = Results.Add(board);
        if (Refuses is not null)
        {
            throw Refuses;
        }
    });

    public void Halted(MakapixException why) => Alone(() => Halts = Halts.Add(why));

    private void Alone(Action action)
    {
        Overlapped |= Interlocked.Increment(ref _inside) != 1;
        try
        {
            action();
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }
}
