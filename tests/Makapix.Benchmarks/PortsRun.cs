using System.Linq;
using Makapix.Provisioning.Line.Lanes;

namespace Makapix.Benchmarks;

/// <summary>Where the time of some boards went, that were provisioned at a time.</summary>
/// <param name="Seconds">From the first look at the ports to the end of the last board.</param>
/// <param name="Boards">Of each board, added up.</param>
/// <param name="Line">Of that, bytes were on the serial line.</param>
/// <param name="Tools">Of that, a tool ran, bytes on the line or not.</param>
/// <param name="Calls">How many tools were started.</param>
internal sealed record PortsRun(double Seconds, double Boards, double Line, double Tools, int Calls)
{
    /// <summary>What is neither the line's nor a tool's.</summary>
    public double Ours => Boards - Tools;

    /// <summary>Processor time of the tools; null where the system does not tell.</summary>
    public double? ToolsProcessor { get; init; }

    public static PortsRun Of(double seconds, BoardResult[] boards, double line, TimedToolRunner tools) =>
        new(seconds, boards.Sum(board => board.Seconds), line, tools.Time.TotalSeconds, tools.Calls);
}
