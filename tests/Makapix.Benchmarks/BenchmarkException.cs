using System;
using System.Collections.Generic;

namespace Makapix.Benchmarks;

/// <summary>A benchmark that could not be run, whose two sides did not do the same, or whose bounds do not hold.</summary>
internal sealed class BenchmarkException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What was measured all the same; empty if nothing was.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();
}
