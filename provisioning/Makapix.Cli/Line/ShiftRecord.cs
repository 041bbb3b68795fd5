using System;
using System.Linq;
using Makapix.Provisioning.Line.Lanes;

namespace Makapix.Cli.Line;

/// <summary>Writes each board down, and shows what goes on.</summary>
/// <param name="display">Shows it.</param>
/// <param name="csv">The file of the shift; null for none.</param>
/// <param name="result">Takes each board; null if the display is enough.</param>
internal sealed class ShiftRecord(ILaneObserver display, ShiftCsv? csv, Action<BoardResult>? result) : ILaneObserver
{
    private readonly int[] _boards = new int[Enum.GetValues<BoardOutcome>().Length];

    /// <summary>How it went, for people.</summary>
    public string Summary => _boards.Sum() == 0
        ? "no boards"
        : string.Join(", ", Enum.GetValues<BoardOutcome>().Where(outcome => _boards[(int)outcome] > 0).Select(outcome => $"{_boards[(int)outcome]} {Reports.Word.Of(outcome)}"));

    public void Changed(LaneView lane) => display.Changed(lane);

    public void Finished(BoardResult board)
    {
        _boards[(int)board.Result]++;
        csv?.Add(board);
        result?.Invoke(board);
        display.Finished(board);
    }

    public void Halted(MakapixException why) => display.Halted(why);
}
