using System;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>One port and what is done there. Whoever calls it keeps others out.</summary>
/// <param name="number">From 1.</param>
/// <param name="port">The port.</param>
internal sealed class Lane(int number, string port)
{
    private LaneBoard _board = LaneBoard.None;
    private bool _looked;

    /// <summary>The lane as it is now.</summary>
    public LaneView View { get; private set; } = new(number, port, LanePhase.Waiting);

    public string Port => port;

    public bool Works => View.Phase == LanePhase.Working;

    /// <summary>Whether a board is there that may be taken.</summary>
    public bool IsReady => !Works && _board.Presence == BoardPresence.Ready;

    /// <summary>Whether anything changed for those who show it; the first look is news.</summary>
    public bool Look(SeenPort? seen)
    {
        var first = !_looked;
        _looked = true;
        _board = _board.Then(seen);
        var before = View;
        var gone = View.Phase == LanePhase.NotTaken && _board.Presence == BoardPresence.None;
        View = View with { BoardIsThere = _board.Presence != BoardPresence.None, Phase = gone ? Rest(View.Last) : View.Phase };
        return first || View != before;
    }

    public void Take()
    {
        _board = _board.Take();
        View = View with { Phase = LanePhase.Working, Step = 0, Title = "", Burning = false };
    }

    /// <summary>The board that is there is not needed.</summary>
    public bool Leave()
    {
        var before = View;
        View = View with { Phase = LanePhase.NotTaken };
        return View != before;
    }

    public void Step(int step, string title) => View = View with { Step = step, Title = title };

    public void WaitForBurn() => View = View with { Burning = true };

    public void Finish(BoardResult result) => View = View with { Phase = Rest(result), Burning = false, Last = result };

    private static LanePhase Rest(BoardResult? last) => last?.Result switch
    {
        null => LanePhase.Waiting,
        BoardOutcome.Passed => LanePhase.Passed,
        BoardOutcome.Already => LanePhase.Already,
        BoardOutcome.Failed => LanePhase.Failed,
        BoardOutcome.Interrupted => LanePhase.Interrupted,
        _ => throw new ArgumentOutOfRangeException(nameof(last)),
    };
}
