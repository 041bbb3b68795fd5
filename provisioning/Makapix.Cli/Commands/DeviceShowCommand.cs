using System;
using System.CommandLine;
using System.Collections.Generic;
using System.Linq;
using Makapix.Cli.Reports;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Ledger;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix device show</c> and <c>makapix device history</c>.</summary>
internal static class DeviceShowCommand
{
    public static Command Create(CommandContext context)
    {
        var which = WhichArgument();
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        return LedgerCommand.OnLedger(context, new Command("show", "All about one device. Needs no passphrase.") { which, json }, (parsed, ledger) =>
        {
            using var view = ledger.Read();
            var device = Find(view, parsed.GetRequiredValue(which));
            if (parsed.GetValue(json))
            {
                context.Out.WriteLine(LedgerJson.Write(device));
            }
            else
            {
                Write(context, device);
            }

            return ExitCode.Done;
        });
    }

    public static Command CreateHistory(CommandContext context)
    {
        var which = WhichArgument();
        var json = new Option<bool>("--json") { Description = "print one JSON array" };
        return LedgerCommand.OnLedger(context, new Command("history", "Every entry about one device: its board on the line, its certificates, itself. Needs no passphrase.") { which, json }, (parsed, ledger) =>
        {
            using var view = ledger.Read();
            var history = History(view, Find(view, parsed.GetRequiredValue(which)));
            if (parsed.GetValue(json))
            {
                context.Out.WriteLine(LedgerJson.Write(history));
                return ExitCode.Done;
            }

            foreach (var entry in history)
            {
                context.Out.WriteLine($"{entry.Seq,8} {entry.At:u} {Word.Plain(entry.Type),-20} {Word.Plain(entry.Actor)} {Word.Plain(entry.Data)}");
            }

            return ExitCode.Done;
        });
    }

    internal static Argument<string> WhichArgument() => new("DEVICE") { Description = "its id, or its board (aa:bb:cc:dd:ee:ff)" };

    internal static LedgerDevice Find(LedgerView view, string which)
    {
        var device = Guid.TryParseExact(which, "D", out var id) ? view.FindDevice(id) : MacAddress.TryParse(which.ToLowerInvariant(), out var mac) ? view.DeviceOfBoard(mac) : null;
        return device ?? throw new LedgerException("058", "no such device left the line.", "Give its id or its board as 'makapix device list' shows them.");
    }

    private static AuditEntry[] History(LedgerView view, LedgerDevice device)
    {
        var serials = view.CertificatesNamed(device.Id.ToString("D")).Select(certificate => certificate.Serial);
        IEnumerable<string> subjects = [device.Id.ToString("D"), device.Mac, .. serials];
        return [.. subjects.SelectMany(view.About).DistinctBy(entry => entry.Seq).OrderBy(entry => entry.Seq)];
    }

    private static void Write(CommandContext context, LedgerDevice device)
    {
        foreach (var (name, value) in new (string, string?)[]
        {
            ("device", device.Id.ToString("D")),
            ("board", device.Mac),
            ("chip", device.Chip),
            ("firmware", device.StandIn ? $"{device.FirmwareVersion} (a stand-in)" : device.FirmwareVersion),
            ("policy", Word.Of(device.Policy)),
            ("plan", device.PlanHash),
            ("batch", device.Batch),
            ("station", device.Station),
            ("made", $"{device.RecordedAt:u}"),
            ("state", $"{Word.Of(device.State)}, since {device.ChangedAt:u}"),
            ("certificate", device.Certificate.Serial),
            ("ends", $"{device.Certificate.NotAfter:u}"),
            ("revoked", device.Certificate.RevokedAt is { } at ? $"{at:u}, {Word.Of(device.Certificate.Reason!.Value)}" : null),
        })
        {
            if (value is not null)
            {
                context.Out.WriteLine($"{name,-12} {Word.Plain(value)}");
            }
        }
    }
}
