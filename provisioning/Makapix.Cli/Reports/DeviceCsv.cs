using System.Collections.Generic;
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
            text.Append(Csv.Row(Fields(device)));
        }

        return text.ToString();
    }

    private static string[] Fields(LedgerDevice device) =>
    [
        device.Id.ToString("D"), device.Mac, device.Chip, device.FirmwareVersion, device.StandIn ? "yes" : "no", Word.Of(device.Policy), device.PlanHash, device.Batch ?? "", device.Station ?? "",
        Csv.Time(device.RecordedAt), Word.Of(device.State), device.Certificate.Serial, Csv.Time(device.Certificate.NotAfter), device.Certificate.RevokedAt is { } revoked ? Csv.Time(revoked) : "",
    ];
}
