using System.Collections.Generic;

namespace Makapix.Benchmarks;

/// <summary>One measurement that anybody can repeat: <c>./makapix bench NAME</c>.</summary>
internal interface IBenchmark
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures, one sentence.</summary>
    string Description { get; }

    /// <summary>Measures; the unit is the end of a figure's name.</summary>
    IReadOnlyDictionary<string, double> Run();
}
