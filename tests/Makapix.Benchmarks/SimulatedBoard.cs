using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Line;

namespace Makapix.Benchmarks;

/// <summary>
/// A board that becomes a device without a board: what a run of the line asks of the ledger and writes into it, entry by entry and with as
/// many transactions, for policy <see cref="ProvisioningPolicy.Release"/>.
/// </summary>
internal sealed class SimulatedBoard
{
    /// <summary>Devices of one batch.</summary>
    public const int BatchSize = 500;

    /// <summary>Days in which all certificates end, as many on each.</summary>
    public const int Lifetime = 3652;

    private const ulong FirstMac = 0x240A_C400_0000;
    private const string Issuer = "4A00";
    private const string Signer = "4A01";

    // The order of ProvisioningLine; the journal is opened by the first, so nothing tells of its beginning.
    private static readonly string[] Steps =
        [StepNames.Plan, StepNames.Identity, StepNames.Images, StepNames.Encrypt, StepNames.Write, StepNames.Burn, StepNames.Verify, StepNames.Record, StepNames.Label];

    private readonly int _number;
    private readonly MacAddress _mac;
    private readonly Guid _run = Guid.NewGuid();
    private readonly string _serial = SerialNumber.ToText(SerialNumber.Create(Random));
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly ProvisioningPlan _plan;

    public SimulatedBoard(int number)
    {
        _number = number;
        _mac = new MacAddress(FirstMac + (ulong)number);
        _plan = Plan();
    }

    /// <summary>Whom it becomes.</summary>
    public Guid DeviceId { get; } = Guid.NewGuid();

    private static RandomNumberGenerator Random { get; } = RandomNumberGenerator.Create();

    private string Sha256 => _serial + _serial;

    private DateTimeOffset NotAfter => _now.AddDays(1 + (_number % Lifetime));

    /// <summary>The name of a board's batch.</summary>
    public static string BatchOf(int number) => $"batch-{number / BatchSize:D4}";

    /// <summary>Provisions it as the line does, by the line's own journal: each entry is on the disk before what it announces.</summary>
    public void Provision(DeviceLedger ledger)
    {
        using var journal = LineJournal.Open(ledger, _mac);
        foreach (var entry in Entries())
        {
            if (entry is LineEntry line)
            {
                journal.Write(line.Entry);
                continue;
            }

            using var transaction = ledger.Begin();
            Write(transaction, entry);
            transaction.Commit();
        }
    }

    /// <summary>The same entries, in a transaction of the caller's.</summary>
    public void Provision(LedgerTransaction transaction)
    {
        foreach (var entry in Entries())
        {
            Write(transaction, entry);
        }
    }

    private static void Write(LedgerTransaction transaction, LedgerEvent entry)
    {
        if (entry is CertificateIssued issued)
        {
            // What the authority asks before it issues.
            transaction.CertificatesNamed(issued.CommonName);
            transaction.FindCertificate(issued.Serial);
        }

        transaction.Append(entry is HeadSigned && transaction.Head is { } head ? new HeadSigned(head.Seq, head.Hash, Signer) : entry);
    }

    private IEnumerable<LedgerEvent> Entries()
    {
        var known = new JournalEntry(_now, _run, StepNames.Inspect, JournalEvent.Done);
        yield return Line(known);
        foreach (var step in Steps)
        {
            yield return Line(known with { Step = step, Event = JournalEvent.Begin });
            if (step == StepNames.Identity)
            {
                yield return new CertificateIssued(_serial, CertificateKind.Device, DeviceId.ToString("D"), Issuer, _now, NotAfter, Sha256);
            }
            else if (step == StepNames.Record)
            {
                yield return new DeviceRecorded(DeviceId, _mac.ToString(), _plan.Chip, _plan.FirmwareVersion, StandIn: false, _plan.Policy, _plan.Hash(), _serial) { Batch = BatchOf(_number), Station = "bench" };
                yield return new HeadSigned(0, "", Signer);
            }

            known = step switch
            {
                StepNames.Plan => known with { DeviceId = DeviceId, Serial = _serial },
                StepNames.Identity => known with { NotAfter = NotAfter },
                StepNames.Encrypt => known with { KeyHash = Sha256 },
                _ => known,
            };
            var plan = step == StepNames.Plan ? _plan : null;
            yield return Line(known with { Step = step, Event = JournalEvent.Done, Plan = plan, PlanHash = plan?.Hash() });
        }
    }

    private LineEntry Line(JournalEntry entry) => new(_mac.ToString(), entry);

    private ProvisioningPlan Plan() => new(
        _mac.ToString(),
        "ESP32-D0WD-V3 v3.1",
        4 * 1024 * 1024,
        ProvisioningPolicy.Release,
        "broker.example.org:8883",
        "1.0.0",
        StandIn: false,
        [
            new("bootloader", 0x1000, 26_720, PlannedContent.Encrypted),
            new("partition-table", 0x8000, 3_072, PlannedContent.Encrypted),
            new("nvs", 0x9000, 0x6000, PlannedContent.Erased),
            new("phy_init", 0xF000, 0x1000, PlannedContent.Erased),
            new("nanoCLR", 0x10000, 1_400_000, PlannedContent.Encrypted),
            new("nvs_keys", 0x1B0000, 0x1000, PlannedContent.Erased),
            new("deploy", 0x1C0000, 300_000, PlannedContent.Encrypted),
            new("config", 0x3C0000, 0x40000, PlannedContent.Erased),
        ],
        [.. EfusePlan.For(ChipProfiles.Esp32, ProvisioningPolicy.Release).Burns.Select(burn => new PlannedEfuse(burn.Name, "0x0", $"0x{burn.Value:x}", burn.Reversible, Last: false, burn.Why))])
    {
        WifiSsid = "Workshop",
    };
}
