using Makapix.Provisioning.Line.Lanes;

namespace Makapix.Cli.Line;

/// <summary>Shows lanes as lines: what goes on on stderr, how it went with each board on stdout.</summary>
/// <param name="context">Both streams.</param>
/// <param name="results">Whether stdout gets them in words.</param>
internal sealed class PlainLanes(CommandContext context, bool results) : ILaneObserver
{
    public void Changed(LaneView lane)
    {
        if (lane.Phase is LanePhase.Waiting or LanePhase.Working or LanePhase.NotTaken)
        {
            context.Error.WriteLine($"lane {lane.Lane} {LaneWords.Port(lane)}: {LaneWords.Text(lane)}");
        }
    }

    public void Finished(BoardResult board)
    {
        if (results)
        {
            context.Out.WriteLine($"lane {board.Lane} {LaneWords.Word(board.Result)} {LaneWords.Result(board)}");
        }
    }

    public void Halted(MakapixException why) => context.Error.WriteLine($"no more boards are taken, those that were begun go on: {why.Cause}");
}
