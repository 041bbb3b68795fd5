using System;
using System.Collections.Generic;
using System.Globalization;
using Makapix.Provisioning.Broker.Check;
using Spectre.Console;

namespace Makapix.Cli.Broker;

/// <summary>Stock and kit, attack by attack.</summary>
internal static class CheckTable
{
    /// <summary>Columns of text: whatever the terminal has, a row is a line.</summary>
    public const int Width = 240;

    /// <summary>The longest name of an attack.</summary>
    public const int NameWidth = 15;

    public static Table Of(IEnumerable<CheckFigures> all)
    {
        var table = new Table().Border(TableBorder.Markdown);
        table.AddColumn(Column("attack")).AddColumn(Column("target"));
        foreach (var name in (string[])["legitimate", "p50", "p99", "household", "well again", "dropped", "broker CPU", "memory", "front CPU", "held", "through"])
        {
            table.AddColumn(Column(name).RightAligned());
        }

        table.AddColumn(Column("what it does to it"));
        foreach (var one in all)
        {
            table.AddRow([.. Row(one)]);
        }

        return table;
    }

    private static TableColumn Column(string name) => new TableColumn(name).NoWrap();

    private static IEnumerable<Text> Row(CheckFigures one)
    {
        var legitimate = one.Legitimate;
        string[] cells =
        [
            one.Attack, one.Target,
            Words($"{legitimate.Successes} of {legitimate.Attempts}"), Milliseconds(legitimate.P50Ms), Milliseconds(legitimate.P99Ms),
            Words($"{one.Household.Successes} of {one.Household.Attempts}"), one.RecoverySeconds is { } s ? Words($"{s:0.0} s") : "no", Words($"{one.Drops}"),
            Words($"{one.BrokerCpuSeconds:0.0} s"), Words($"{one.BrokerMegabytes:0} MB"), one.Target == CheckOptions.Kit ? Words($"{one.FrontCpuSeconds:0.0} s") : "-",
            Words($"{one.HeldAtEnd}"), Words($"{one.LetThrough:N0}"),
            What(one),
        ];
        return Array.ConvertAll(cells, cell => new Text(cell));
    }

    private static string What(CheckFigures one)
    {
        string[] all = [.. one.Broken, .. one.Restarts > 0 ? [Words($"its broker was started again, {one.Restarts}x")] : Array.Empty<string>()];
        return all.Length == 0 ? "nothing" : string.Join("; ", all);
    }

    private static string Milliseconds(double? milliseconds) => milliseconds is { } ms ? Words($"{ms:0} ms") : "-";

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
