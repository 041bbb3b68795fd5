using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Line;

namespace Makapix.LedgerWriter;

/// <summary>Writes to a ledger, and tells on a stream of its own what it believes to have written.</summary>
internal sealed class Writer(string location, TextWriter told)
{
    private const int Devices = 2;
    private const string Taken = "MKX-LEDGER-030";

    private readonly LedgerLocation _location = LedgerLocation.Parse(location, Directory.GetCurrentDirectory());

    public int Claim(int count)
    {
        using var ledger = DeviceLedger.Open(_location);
        for (var i = 1; i <= count; i++)
        {
            var serial = i.ToString("X4", CultureInfo.InvariantCulture);
            try
            {
                using var transaction = ledger.Begin();
                transaction.Append(Certificate(serial));
                transaction.Commit();
                Tell($"got {serial}");
            }
            catch (LedgerException e) when (e.Code == Taken)
            {
                Tell($"lost {serial}");
            }
        }

        return 0;
    }

    public int WriteUntil(int step)
    {
        using var ledger = OpenOrCreate(DyingAt(step));
        for (var i = 1; i <= Devices; i++)
        {
            using var transaction = ledger.Begin();
            var serial = ((transaction.Head?.Seq ?? 0) + 1).ToString("X4", CultureInfo.InvariantCulture);
            var id = Guid.NewGuid();
            transaction.Append(Certificate(serial));
            transaction.Append(new DeviceRecorded(id, $"board {serial}", "ESP32", "0.1.0", StandIn: true, ProvisioningPolicy.Lab, "", serial));
            transaction.Append(new LineEntry($"board {serial}", new JournalEntry(DateTimeOffset.UtcNow, id, StepNames.Record, JournalEvent.Done)));
            transaction.Commit();
            Tell($"committed {serial}");
        }

        return 0;
    }

    public int Upgrade(int step)
    {
        var options = DyingAt(step);
        using var ledger = DeviceLedger.Open(_location, options with { Schema = options.Schema.Add(Tomorrow.Schema) });
        Tell($"opened {ledger.Id}");
        return 0;
    }

    private static LedgerOptions DyingAt(int step)
    {
        var left = step;
        return new LedgerOptions
        {
            BeforeWrite = _ =>
            {
                if (--left == 0)
                {
                    Process.GetCurrentProcess().Kill();
                }
            },
        };
    }

    private static CertificateIssued Certificate(string serial) =>
        new(serial, CertificateKind.Device, serial, "00", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "");

    private DeviceLedger OpenOrCreate(LedgerOptions options)
    {
        try
        {
            return DeviceLedger.Open(_location, options);
        }
        catch (LedgerException e) when (e.Code is "MKX-LEDGER-001" or "MKX-LEDGER-003")
        {
            return DeviceLedger.Create(_location, options);
        }
    }

    private void Tell(string what)
    {
        told.WriteLine(what);
        told.Flush();
    }
}
