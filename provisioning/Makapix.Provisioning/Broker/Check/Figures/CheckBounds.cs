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
        var recovery = figures.RecoverySeconds;
        Served(figures.Legitimate, "the legitimate", cut: 0);

        // A broker that is started again has none of its sessions: that is counted by itself. Of so few attempts one that it cut is more than a hundredth.
        Served(figures.Household, "a household", cut: figures.Restarts);
        Bound(figures.Drops <= figures.Restarts, $"a session that stood was dropped, {figures.Drops}x");
        Bound(recovery <= RecoverySeconds, recovery is { } s ? $"well again after {s:0.0} s, {RecoverySeconds} at most" : (FormattableString)$"not well again");
        Bound(figures.LetThrough == 0, $"{figures.LetThrough} let through");
        Bound(figures.Alive, $"the broker died");
        return broken.ToImmutable();

        void Served(LegitimateFigures who, string name, int cut)
        {
            Bound(who.SuccessPercent >= SuccessPercent || (who.Attempts > 0 && who.Attempts - who.Successes <= cut), $"{who.SuccessPercent:0.##} % of {name} succeeded, {SuccessPercent} % must");
            Bound(who.P99Ms <= P99Ms, who.P99Ms is { } ms ? $"p99 of {name} {ms:0} ms, {P99Ms} at most" : (FormattableString)$"no CONNACK of {name} at all");
        }

        void Bound(bool holds, FormattableString what)
        {
            if (!holds)
            {
                broken.Add(what.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
