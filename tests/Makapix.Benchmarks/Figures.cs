using System.Collections.Generic;

namespace Makapix.Benchmarks;

/// <summary>What a benchmark has measured, and which of its bounds do not hold.</summary>
internal sealed class Figures
{
    private readonly Dictionary<string, double> _values = [];
    private readonly List<string> _broken = [];

    /// <summary>A figure; the unit is the end of its name.</summary>
    public double this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }

    /// <summary>All of them, whatever the bounds say.</summary>
    public IReadOnlyDictionary<string, double> All => _values;

    /// <summary>Holds the benchmark to a bound.</summary>
    /// <param name="holds">Whether it is kept.</param>
    /// <param name="bound">What was to be, for people.</param>
    public void Require(bool holds, string bound)
    {
        if (!holds)
        {
            _broken.Add(bound);
        }
    }

    /// <summary>All figures.</summary>
    /// <exception cref="BenchmarkException">A bound does not hold; the figures are in it.</exception>
    public IReadOnlyDictionary<string, double> Judged() => _broken.Count == 0
        ? _values
        : throw new BenchmarkException($"out of bounds: {string.Join("; ", _broken)}. Run it again when the machine has nothing else to do; if that does not help, the product has become slower.") { Figures = _values };
}
