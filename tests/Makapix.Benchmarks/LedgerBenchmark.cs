using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Ledger.Verification;
using Makapix.Provisioning.Line;

namespace Makapix.Benchmarks;

/// <summary>
/// A ledger in an SQLite file as it grows: 50,000 devices with 20 entries each. The first and the last thousand are written as the line does it, a
/// commit for each step, and timed; the others in large transactions. Then how long it takes to look at one and at all, and to verify a million entries.
/// </summary>
internal sealed class LedgerBenchmark : IBenchmark
{
    private const int Devices = 50_000;
    private const int EntriesOfDevice = 20;
    private const int Thousand = 1000;
    private const int Questions = 101;

    public string Name => "ledger";

    public string Description => "a ledger of 50,000 devices and 1,000,000 entries: writing, asking, verifying";

    public IReadOnlyDictionary<string, double> Run()
    {
        var scratch = Directory.CreateTempSubdirectory("makapix-bench-").FullName;
        try
        {
            using var ledger = DeviceLedger.Create(LedgerLocation.Sqlite(Path.Combine(scratch, "ledger.db")));
            var first = Milliseconds(() => Write(ledger, 0)) / Thousand;
            for (var thousand = 1; thousand < (Devices / Thousand) - 1; thousand++)
            {
                Commit(ledger, [.. Enumerable.Range(thousand * Thousand, Thousand).SelectMany(EntriesOf).SelectMany(events => events)]);
            }

            var last = Milliseconds(() => Write(ledger, Devices - Thousand)) / Thousand;
            var report = default(LedgerReport);
            var verify = Milliseconds(() => report = LedgerVerifier.Verify(ledger));
            if (report is not { Whole: true, Entries: Devices * EntriesOfDevice })
            {
                throw new BenchmarkException("the ledger is not what was written.");
            }

            return new Dictionary<string, double>
            {
                ["devices"] = Devices,
                ["entries"] = report.Entries,
                ["first_device_ms"] = first,
                ["last_device_ms"] = last,
                ["last_to_first_ratio"] = last / first,
                ["show_ms"] = Ask(ledger, view => view.FindDevice(IdOf(Devices / 2)) is not null),
                ["list_text_ms"] = Ask(ledger, view => view.Devices(new DeviceQuery(DateTimeOffset.UtcNow) { Text = MacOf(Devices - 1) }).Any()),
                ["list_batch_ms"] = Ask(ledger, view => view.Devices(new DeviceQuery(DateTimeOffset.UtcNow) { Batch = "batch 49" }).Count() == Thousand),
                ["summary_ms"] = Ask(ledger, view => view.Summary(DateTimeOffset.UtcNow).Devices[DeviceState.Provisioned] == Devices),
                ["verify_s"] = verify / 1000,
            };
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static void Write(DeviceLedger ledger, int first)
    {
        foreach (var events in Enumerable.Range(first, Thousand).SelectMany(EntriesOf))
        {
            Commit(ledger, events);
        }
    }

    // What is written about one device, by commits.
    private static IEnumerable<LedgerEvent[]> EntriesOf(int device)
    {
        var (id, run, serial) = (IdOf(device), Guid.NewGuid(), $"4A{device:X30}");
        yield return [.. Steps(device, run, StepNames.Inspect, StepNames.Plan, StepNames.Identity)];
        yield return [new CertificateIssued(serial, CertificateKind.Device, id.ToString("D"), "4A00", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddYears(10), new string('A', 64))];
        yield return [.. Steps(device, run, StepNames.Images, StepNames.Encrypt, StepNames.Write, StepNames.Burn, StepNames.Verify)];
        yield return [.. Steps(device, run, StepNames.Record), new DeviceRecorded(id, MacOf(device), "ESP32-D0WD-V3 v3.1", "0.1.0", false, ProvisioningPolicy.Release, new string('a', 64), serial) { Batch = $"batch {device / Thousand}" }];
    }

    private static IEnumerable<LedgerEvent> Steps(int device, Guid run, params string[] names) => names.SelectMany(name => ((JournalEvent[])[JournalEvent.Begin, JournalEvent.Done]).Select(happened =>
        new LineEntry(MacOf(device), new JournalEntry(DateTimeOffset.UtcNow, run, name, happened) { DeviceId = IdOf(device), Serial = $"4A{device:X30}", KeyHash = new string('b', 64) })));

    private static void Commit(DeviceLedger ledger, params LedgerEvent[] events)
    {
        using var transaction = ledger.Begin();
        foreach (var happened in events)
        {
            transaction.Append(happened);
        }

        transaction.Commit();
    }

    private static double Ask(DeviceLedger ledger, Func<LedgerView, bool> question) => Median([.. Enumerable.Range(0, Questions).Select(_ => Milliseconds(() =>
    {
        using var view = ledger.Read();
        if (!question(view))
        {
            throw new BenchmarkException("the ledger does not know what was written.");
        }
    }))]);

    private static double Milliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    // Spread as random ids are, and the same in every run.
    private static Guid IdOf(int device) => new(unchecked(device * -1640531527), 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 1]);

    private static string MacOf(int device) => $"24:0a:c4:{device >> 16 & 0xFF:x2}:{device >> 8 & 0xFF:x2}:{device & 0xFF:x2}";
}
