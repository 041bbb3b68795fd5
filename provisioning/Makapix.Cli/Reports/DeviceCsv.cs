using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Makapix.Provisioning.Ledger;

namespace Makapix.Cli.Reports;

/// <summary>Devices as CSV (RFC 4180).</summary>
internal static class DeviceCsv
{
    private const string Header = "device,board,chip,firmware,stand_in,policy,plan_hash,batch,station,made,state,serial,not_after,revoked\r\n";

    public static string Write(IEnumerable<LedgerDevice> devices)
    {
        var text = new StringBuilder(Header);
        foreach (var device in devices)
        {
            text.AppendJoin(',', Fields(device).Select(Quote)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string[] Fields(LedgerDevice device) =>
    [
        device.Id.ToString("D"), device.Mac, device.Chip, device.FirmwareVersion, device.StandIn ? "yes" : "no", Word.Of(device.Policy), device.PlanHash, device.Batch ?? "", device.Station ?? "",
        Time(device.RecordedAt), Word.Of(device.State), device.Certificate.Serial, Time(device.Certificate.NotAfter), device.Certificate.RevokedAt is { } revoked ? Time(revoked) : "",
    ];

    // A spreadsheet runs what begins like a formula: the name of a batch must not be a program on the desk of who reads the list.
    private static string Quote(string field)
    {
        var harmless = field is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{field}" : field;
        return harmless.AsSpan().ContainsAny(',', '"', '\n') || harmless.Contains('\r', StringComparison.Ordinal) ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
