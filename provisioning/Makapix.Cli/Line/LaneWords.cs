using System;
using System.Globalization;
using Makapix.Provisioning.Line.Lanes;

namespace Makapix.Cli.Line;

/// <summary>A lane in words that an operator reads at arm's length.</summary>
internal static class LaneWords
{
    /// <summary>One word, the same width for all.</summary>
    public static string Word(LaneView lane) => lane.Phase switch
    {
        LanePhase.Waiting => "wait",
        LanePhase.Working => "WORK",
        LanePhase.NotTaken => "FULL",
        _ => Word(lane.Last!.Result),
    };

    /// <summary>The same for a board that is done with.</summary>
    public static string Word(BoardOutcome outcome) => outcome switch
    {
        BoardOutcome.Passed => "PASS",
        BoardOutcome.Already => "DONE",
        BoardOutcome.Failed => "FAIL",
        BoardOutcome.Interrupted => "STOP",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>What goes on, or what to do.</summary>
    public static string Text(LaneView lane) => lane.Phase switch
    {
        LanePhase.Waiting => lane.BoardIsThere ? "a board is there" : "plug a board in",
        LanePhase.Working when lane.Burning => "waiting for the burn to end: do not unplug the board",
        LanePhase.Working when lane.Step == 0 => "begins",
        LanePhase.Working => string.Create(CultureInfo.InvariantCulture, $"step {lane.Step} of {LaneView.Steps}: {lane.Title}"),
        LanePhase.NotTaken => "enough boards: unplug it",
        _ => $"{Result(lane.Last!)}. {(lane.BoardIsThere ? "Unplug it" : "Next board")}",
    };

    /// <summary>How it went with a board, without its end.</summary>
    public static string Result(BoardResult board) => board.Result switch
    {
        BoardOutcome.Passed => string.Create(CultureInfo.InvariantCulture, $"{board.DeviceId} {board.Mac} ({board.Seconds:0.0} s)"),
        BoardOutcome.Interrupted => $"{board.Mac ?? "no board yet"}: {board.NextStep}".TrimEnd('.'),
        _ => Reports.Word.Plain($"{board.Code}: {board.Cause} {board.NextStep}".TrimEnd('.')),
    };

    /// <summary>The end of a port's name, which tells it from its neighbours.</summary>
    public static string Port(LaneView lane) => Reports.Word.Plain(lane.Port[(lane.Port.LastIndexOfAny(['/', '\\']) + 1)..]);
}
