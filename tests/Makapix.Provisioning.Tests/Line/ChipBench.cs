using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Chips.Serial;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Line.FirstBoots;
using Makapix.VirtualEsp32;
using Makapix.VirtualEsp32.Power;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>A virtual chip of any kind, the real tools, and a line with a bundle for that kind. The first boot is told by a script; whether the chip boots is asked of its silicon.</summary>
internal sealed class ChipBench : IAsyncDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("makapix-chips-");
    private readonly ChipProfile _kind;
    private LoaderServer? _server;

    /// <param name="kind">The chip.</param>
    /// <param name="power">What feeds it.</param>
    /// <param name="bundle">Folder of its firmware; null for one without secure boot.</param>
    public ChipBench(string kind, IPowerSupply? power = null, string? bundle = null)
    {
        _kind = ChipProfiles.Find(kind)!;
        Bundle = FirmwareBundle.Load(bundle ?? Workshop.DemoBundleFolder(_kind));

        // The flash key comes first, a digest after it.
        Runner.Before = call => KeyGiven = KeyGiven.Length > 0 || call.Secret.IsEmpty ? KeyGiven : call.Secret.ToArray();
        PowerUp(power);
    }

    public VirtualChip Chip { get; private set; } = null!;

    public FirmwareBundle Bundle { get; }

    public RecordingProgress Progress { get; } = new();

    /// <summary>The flash key as espefuse was given it.</summary>
    public byte[] KeyGiven { get; private set; } = [];

    public IReadOnlyList<JournalEntry> Journal
    {
        get
        {
            using var view = Workshop.Authority.Ledger.Read();
            return view.Journal(Chip.Mac);
        }
    }

    private ScriptedRunner Runner { get; } = new(new ProcessToolRunner());

    private string ChipFolder => Path.Combine(_scratch.FullName, "chip");

    public void PowerUp(IPowerSupply? power = null)
    {
        Chip = VirtualChip.Open(ChipFolder, power: power, kind: _kind);
        _server = LoaderServer.Start(Chip);
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

    public async Task<ProvisionedDevice> ProvisionAsync(ProvisioningPolicy policy = ProvisioningPolicy.Release)
    {
        var tools = new EspTools(Runner, await Workshop.ToolVersion);
        var line = new ProvisioningLine(tools, Workshop.Authority, new ScriptedWatch(), TimeProvider.System) { LockFolder = Workshop.LockFolder, OpenLine = (_, _) => Task.FromResult<ISerialLine>(new ScriptedLine()), Silence = TimeSpan.Zero };
        var request = new ProvisioningRequest(ChipPort.Parse(_server!.Port), Bundle, "broker.makapix.test", 8883, Path.Combine(_scratch.FullName, "state")) { Policy = policy };
        return await line.RunAsync(request, Progress, default);
    }

    public async ValueTask DisposeAsync()
    {
        await PowerDownAsync();
        _scratch.Delete(recursive: true);
    }
}
