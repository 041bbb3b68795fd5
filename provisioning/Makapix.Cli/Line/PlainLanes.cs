using System.IO;
using Makapix.Provisioning.Line.Lanes;

namespace Makapix.Cli.Line;

/// <summary>Shows as lines what goes on in the lanes.</summary>
internal sealed class PlainLanes(TextWriter writer) : ILaneObserver
{
    public void Changed(LaneView lane)
    {
        if (lane.Phase is LanePhase.Waiting or LanePhase.Working or LanePhase.NotTaken)
        {
            writer.WriteLine($"lane {lane.Lane} {LaneWords.Port(lane)}: {LaneWords.Text(lane)}");
        }
    }

    public void Finished(BoardResult board)
    {
    }

    public void Halted(MakapixException why) => writer.WriteLine($"no more boards are taken, those that were begun go on: {why.Cause}");
}
