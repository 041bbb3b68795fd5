using System;
using System.Collections.Immutable;
using System.Globalization;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>What is demanded of a broker under attack.</summary>
public static class CheckBounds
{
    /// <summary>Attempts of the legitimate that must succeed, percent.</summary>
    public const double SuccessPercent = 99;

    /// <summary>Milliseconds within which 99 % of them must have their CONNACK.</summary>
    public const double P99Ms = 1000;

    /// <summary>Seconds after the attack within which all of them must be well again.</summary>
    public const double RecoverySeconds = 5;

    internal static ImmutableArray<string> Broken(CheckFigures figures)
    {
        var broken = ImmutableArray.CreateBuilder<string>();
        var (legitimate, recovery) = (figures.Legitimate, figures.RecoverySeconds);
        Bound(legitimate.SuccessPercent >= SuccessPercent, $"{legitimate.SuccessPercent:0.##} % of the legitimate succeeded, {SuccessPercent} % must");
        Bound(legitimate.P99Ms <= P99Ms, legitimate.P99Ms is { } ms ? $"p99 {ms:0} ms, {P99Ms} at most" : (FormattableString)$"no CONNACK at all");
        Bound(recovery <= RecoverySeconds, recovery is { } s ? $"well again after {s:0.0} s, {RecoverySeconds} at most" : (FormattableString)$"not well again");
        Bound(figures.LetThrough == 0, $"{figures.LetThrough} let through");
        Bound(figures.Alive, $"the broker died");
        return broken.ToImmutable();

        void Bound(bool holds, FormattableString what)
        {
            if (!holds)
            {
                broken.Add(what.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
