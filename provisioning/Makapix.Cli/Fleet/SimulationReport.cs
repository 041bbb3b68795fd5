using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Makapix.Cli.Fleet;

/// <summary>The whole result.</summary>
/// <param name="Devices">Size of the fleet.</param>
/// <param name="OutageSeconds">How long the broker was meant to be gone.</param>
/// <param name="Strategies">In the order in which they ran.</param>
/// <param name="Bounds">Those that could be judged.</param>
internal sealed record SimulationReport(int Devices, int OutageSeconds, IReadOnlyList<StrategyFigures> Strategies, IReadOnlyList<Bound> Bounds)
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public bool Ok => Bounds.All(bound => bound.Holds);

    /// <summary>Cores of the machine: peaks of strategies that come all at once are bounded by them.</summary>
    public int Cores { get; } = Environment.ProcessorCount;

    /// <summary>One line, every figure.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Names);
}
