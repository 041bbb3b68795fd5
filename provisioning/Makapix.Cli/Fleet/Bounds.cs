using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Makapix.Cli.Fleet;

/// <summary>The demands: gentler than a fixed delay, thriftier than plain exponential, and quick after a short outage.</summary>
internal static class Bounds
{
    /// <summary>Share of the fixed delay's peak.</summary>
    public const double PeakShare = 1.0 / 3;

    /// <summary>Seconds after the broker's return in which 95 % are online again…</summary>
    public const double SecondsTo95 = 30;

    /// <summary>…if it was gone no longer than this.</summary>
    public const int ShortOutageSeconds = 10;

    /// <summary>Those for which all that they compare was run.</summary>
    public static IReadOnlyList<Bound> Of(SimulationOptions options, IReadOnlyList<StrategyFigures> figures)
    {
        var bounds = new List<Bound>();
        if (Find(ReconnectStrategy.Makapix) is not { } own)
        {
            return bounds;
        }

        if (Find(ReconnectStrategy.Fixed) is { } constant)
        {
            bounds.Add(new Bound("peak-attempts", own.PeakAttempts, constant.PeakAttempts * PeakShare, Text($"{own.PeakAttempts} attempts in the busiest second, a third of the fixed delay's {constant.PeakAttempts} at most")));
        }

        if (Find(ReconnectStrategy.Exponential) is { } plain)
        {
            bounds.Add(new Bound("total-attempts", own.Attempts, plain.Attempts, Text($"{own.Attempts} attempts in all, no more than plain exponential's {plain.Attempts}")));
        }

        if (options.OutageSeconds <= ShortOutageSeconds)
        {
            bounds.Add(new Bound("online-95", own.SecondsTo95, SecondsTo95, Text($"95 % online {(own.SecondsTo95 is { } s ? Text($"{s:0.0} s after the broker's return") : "never")}, within {SecondsTo95:0} s")));
        }

        return bounds;

        StrategyFigures? Find(ReconnectStrategy strategy) => figures.FirstOrDefault(one => one.Name == strategy.Name);
    }

    private static string Text(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
