using System;
using System.Collections.Generic;
using System.Linq;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>How it went for the legitimate.</summary>
/// <param name="Attempts">Attempts that were begun while the attack went on.</param>
/// <param name="Successes">Those that were whole.</param>
/// <param name="P50Ms">Half of those that came to a CONNACK had it by then, milliseconds; null if none did.</param>
/// <param name="P99Ms">The same for 99 %.</param>
/// <param name="MaxMs">The same for all.</param>
/// <param name="Failures">What the others failed by.</param>
public sealed record LegitimateFigures(int Attempts, int Successes, double? P50Ms, double? P99Ms, double? MaxMs, IReadOnlyDictionary<string, int> Failures)
{
    /// <summary>Successes of the attempts; 0 if there was none.</summary>
    public double SuccessPercent => Attempts == 0 ? 0 : Math.Round(100.0 * Successes / Attempts, 2);

    internal static LegitimateFigures Of(IReadOnlyCollection<LegitimateAttempt> attempts)
    {
        double[] times = [.. attempts.Select(attempt => attempt.ConnackMs).OfType<double>().Order()];
        return new LegitimateFigures(
            attempts.Count,
            attempts.Count(attempt => attempt.Succeeded),
            Percentile(times, 50),
            Percentile(times, 99),
            Percentile(times, 100),
            new SortedDictionary<string, int>(attempts.Where(attempt => !attempt.Succeeded).GroupBy(attempt => attempt.Failure!).ToDictionary(group => group.Key, group => group.Count()), StringComparer.Ordinal));
    }

    /// <summary>The smallest of the values that so many percent are not above (nearest rank): a value that was measured, never one between two.</summary>
    internal static double? Percentile(double[] ordered, int percent) =>
        ordered.Length == 0 ? null : Math.Round(ordered[Math.Max(0, (int)Math.Ceiling(ordered.Length * percent / 100.0) - 1)], 1);
}
