using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Makapix.Provisioning.Ledger;
using Spectre.Console;

namespace Makapix.Cli.Reports;

/// <summary>Devices as a table for people.</summary>
internal static class DeviceTable
{
    // Wide enough for every column: where nobody looks at a terminal, nothing has to fit into one.
    private const int Wide = 200;

    public static void Write(IEnumerable<LedgerDevice> devices, TextWriter output)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("device", "board", "state", "policy", "batch", "firmware", "made", "certificate ends");
        foreach (var device in devices)
        {
            table.AddRow(Cells(device).Select(cell => Markup.Escape(Word.Plain(cell))).ToArray());
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Math.Max(Wide, console.Profile.Width);
        console.Write(table);
    }

    private static string[] Cells(LedgerDevice device) =>
    [
        device.Id.ToString("D"),
        device.Mac,
        Word.Of(device.State),
        Word.Of(device.Policy),
        device.Batch ?? "-",
        device.FirmwareVersion,
        Day(device.RecordedAt),
        device.Certificate.RevokedAt is { } revoked ? $"revoked {Day(revoked)}" : Day(device.Certificate.NotAfter),
    ];

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
