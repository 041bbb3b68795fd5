using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Serial;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Line.FirstBoots;
using Makapix.VirtualEsp32;
using Makapix.VirtualEsp32.Flash;
using Makapix.VirtualEsp32.Power;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>One virtual chip on a port, a folder for the line, and the real tools between them.</summary>
internal sealed class LineBench : IAsyncDisposable
{
    private const int HiddenBlock1 = 0x68;

    public const string WifiPassword = "wifi-password-of-the-test";

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("makapix-bench-");
    private LoaderServer? _server;

    public LineBench() => PowerUp();

    public VirtualChip Chip { get; private set; } = null!;

    public string Scratch => _scratch.FullName;

    public string State => Path.Combine(_scratch.FullName, "state");

    public string ChipFolder => Path.Combine(_scratch.FullName, "chip");

    public string Port => _server!.Port;

    public RecordingProgress Progress { get; } = new();

    /// <summary>Between the line and the tools.</summary>
    public ScriptedRunner Runner { get; } = new(new ProcessToolRunner());

    public IReadOnlyList<JournalEntry> Journal
    {
        get
        {
            using var view = Workshop.Authority.Ledger.Read();
            return view.Journal(Mac);
        }
    }

    public Provisioning.Chips.MacAddress Mac => Provisioning.Chips.MacAddress.TryParse(Chip.Mac.ToString(), out var mac) ? mac : default;

    /// <summary>Between the line and the broker.</summary>
    public ScriptedWatch Watch { get; } = new();

    /// <summary>The serial line of the device.</summary>
    public ScriptedLine Serial { get; set; } = new();

    /// <summary>Which entries of the journal the line still writes; null for all.</summary>
    public Predicate<JournalEntry>? Keeps { get; set; }

    /// <summary>The flash key as it is in the silicon: in efuse.bin a hidden BLOCK1 lies in the write registers.</summary>
    public byte[] KeyInChip => File.ReadAllBytes(Path.Combine(ChipFolder, "efuse.bin"))[HiddenBlock1..(HiddenBlock1 + Esp32FlashCipher.KeyLength)];

    /// <summary>A piece of the flash, raw.</summary>
    public byte[] Flash(uint address, int length)
    {
        var bytes = new byte[length];
        Chip.Flash.Read(address, bytes);
        return bytes;
    }

    /// <summary>Starts the chip again, as after a power cut.</summary>
    public void PowerUp(IPowerSupply? power = null, FlashFaults? faults = null, LineNoise? noise = null)
    {
        Chip = VirtualChip.Open(ChipFolder, power: power, faults: faults);
        _server = LoaderServer.Start(Chip, new LoaderServerOptions { Noise = noise });
    }

    public async Task PowerDownAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            Chip.Dispose();
            _server = null;
        }
    }

    public ProvisioningRequest Request(ProvisioningPolicy policy = ProvisioningPolicy.Release) =>
        new(ChipPort.Parse(Port), Workshop.Bundle, "broker.makapix.test", 8883, State) { Policy = policy, WifiSsid = "makapix", WifiPassword = System.Text.Encoding.UTF8.GetBytes(WifiPassword) };

    public Task<ProvisionedDevice> ProvisionAsync(ProvisioningPolicy policy = ProvisioningPolicy.Release, CancellationToken cancel = default) => ProvisionAsync(Request(policy), cancel);

    public async Task<ProvisionedDevice> ProvisionAsync(ProvisioningRequest request, CancellationToken cancel = default, DeviceLedger? ledger = null)
    {
        var tools = new EspTools(Runner, await Workshop.ToolVersion);
        return await new ProvisioningLine(tools, Workshop.Authority, Watch, TimeProvider.System) { LockFolder = Workshop.LockFolder, OpenLine = (_, _) => Task.FromResult<ISerialLine>(Serial), Silence = TimeSpan.Zero, Keeps = Keeps, Ledger = ledger ?? Workshop.Authority.Ledger }.RunAsync(request, Progress, cancel);
    }

    public static LedgerCertificate Certificate(string serial) => CertificateAuthority.List(Workshop.AuthorityFolder).Single(c => c.Serial == serial);

    /// <summary>The certificates that were issued for a board and are good; of a device there is one, of scrap none.</summary>
    public static string[] GoodSerials(DeviceLedger ledger, IEnumerable<JournalEntry> journal)
    {
        using var view = ledger.Read();
        return [.. journal.Where(entry => entry.DeviceId is not null).Select(entry => entry.DeviceId!.Value).Distinct()
            .SelectMany(id => view.CertificatesNamed(id.ToString())).Where(certificate => certificate.RevokedAt is null).Select(certificate => certificate.Serial)];
    }

    public async ValueTask DisposeAsync()
    {
        await PowerDownAsync();
        _scratch.Delete(recursive: true);
    }
}
