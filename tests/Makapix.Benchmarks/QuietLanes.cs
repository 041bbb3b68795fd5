using System.Collections.Generic;
using Makapix.Provisioning.Line.Lanes;

namespace Makapix.Benchmarks;

/// <summary>Keeps how it went with each board, and shows nothing.</summary>
internal sealed class QuietLanes : ILaneObserver
{
    private readonly List<BoardResult> _boards = [];

    /// <exception cref="BenchmarkException">One became no device.</exception>
    public BoardResult[] Devices => _boards.Find(board => board.Result != BoardOutcome.Passed) is { } failed
        ? throw new BenchmarkException($"a board became no device: {failed.Code} {failed.Cause}")
        : [.. _boards];

    public void Changed(LaneView lane)
    {
    }

    public void Finished(BoardResult board) => _boards.Add(board);

    public void Halted(MakapixException why) => throw new BenchmarkException($"no device could be made: {why.Message}");
}
