using System;
using System.Globalization;
using System.Linq;
using Spectre.Console;

namespace Makapix.Cli.Fleet;

/// <summary>The strategies side by side.</summary>
internal static class FiguresTable
{
    public static Table Of(SimulationReport report)
    {
        var table = new Table().Title(Text($"{report.Devices:N0} devices, broker gone for {report.OutageSeconds} s")).AddColumn("");
        foreach (var one in report.Strategies)
        {
            table.AddColumn(new TableColumn(one.Name).RightAligned());
        }

        Row("attempts in all", one => Text($"{one.Attempts:N0}"));
        Row("attempts, busiest second", one => Text($"{one.PeakAttempts:N0}"));
        Row("online, busiest second", one => Text($"{one.PeakSuccesses:N0}"));
        Row("50 % online after", one => Seconds(one.SecondsTo50));
        Row("95 % online after", one => Seconds(one.SecondsTo95));
        Row("100 % online after", one => Seconds(one.SecondsTo100));
        Row("broker CPU", one => Text($"{one.BrokerCpuSeconds:0.0} s"));
        Row("broker, busiest second", one => $"{one.BrokerPeakPercent} %");
        Row("99 % of attempts late by", one => Text($"{one.LateMs99:N0} ms"));
        foreach (var cause in report.Strategies.SelectMany(one => one.Failures.Keys).Distinct().Order())
        {
            Row(cause, one => Text($"{(one.Failures.TryGetValue(cause, out var count) ? count : 0):N0}"));
        }

        return table;

        void Row(string name, Func<StrategyFigures, string> value) => table.AddRow([Markup.Escape(name), .. report.Strategies.Select(one => Markup.Escape(value(one)))]);
    }

    private static string Seconds(double? seconds) => seconds is { } s ? Text($"{s:0.0} s") : "never";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
