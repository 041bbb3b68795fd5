using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Serial;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;
using Makapix.VirtualEsp32.Power;

namespace Makapix.PowerCuts;

/// <summary>
/// Provisions board after board, takes the power of each away at one operation, and runs the line again. Never a device online on an unfused chip, never two devices
/// with one identity, never a secret on disk, never a board that is neither a device nor scrap.
/// </summary>
/// <param name="authority">Issues the identities; its ledger is that of the line.</param>
/// <param name="bundle">What the boards will run.</param>
/// <param name="folder">Where chips and records are while a board is at it.</param>
public sealed class PowerCutCampaign(CertificateAuthority authority, FirmwareBundle bundle, string folder)
{
    private readonly ConcurrentDictionary<string, byte> _identities = new();
    private readonly SecretNeedles _secrets = new();
    private EfusePlan? _expected;
    private int _boards;

    /// <summary>How far the boards are locked.</summary>
    public ProvisioningPolicy Policy { get; init; } = ProvisioningPolicy.Release;

    /// <summary>What is to be burned; as the policy has it. A test of this campaign expects something else, which must be noticed.</summary>
    internal EfusePlan Expected
    {
        get => _expected ?? EfusePlan.For(bundle.Chip, Policy, bundle.SigningKeyDigest);
        init => _expected = value;
    }

    internal DeviceLedger Ledger => authority.Ledger;

    internal byte[] WifiPassword { get; } = "wifi-password-of-the-campaign"u8.ToArray();

    /// <summary>One whole provisioning without a cut, by the tools' stand-in.</summary>
    /// <returns>Every operation that needs power, in their order.</returns>
    public async Task<ImmutableArray<PowerOperation>> MapAsync()
    {
        var at = NewFolder();
        var power = new RecordedPower();
        using var board = new Board(Path.Combine(at, "chip"), power);
        await Line(board, new BoardTools(board, _secrets, () => { }), _ => { }).RunAsync(Request() with { StateFolder = Path.Combine(at, "state") }, new NoProgress(), default);
        Directory.Delete(Path.Combine(at, "state"), recursive: true);
        return [.. power.Operations];
    }

    /// <summary>All points, on all cores.</summary>
    /// <param name="points">Where the power goes, a board each.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<IReadOnlyList<CutResult>> RunAsync(IEnumerable<CutPoint> points, CancellationToken cancel)
    {
        var results = new ConcurrentBag<CutResult>();
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, async (point, _) =>
        {
            // Each on a thread of its own: what it does is no waiting.
            results.Add(await Task.Run(() => RunAsync(point)));
        });
        return [.. results];
    }

    /// <summary>What becomes of one board.</summary>
    public async Task<CutResult> RunAsync(CutPoint point)
    {
        var at = NewFolder();
        using var trial = new CutTrial(this, point, at);
        return await trial.RunAsync(Request());
    }

    /// <summary>The first file in which a secret of any board lies; null if there is none. Not for a ledger that is in use.</summary>
    public string? FindSecret(string where) => _secrets.FindIn(where);

    internal void Keep(SecretNeedles secrets) => _secrets.Add(secrets);

    /// <summary>Whether no other board had that device id, or that certificate.</summary>
    internal bool IsFirst(Guid device, string serial) => _identities.TryAdd(device.ToString(), 0) & _identities.TryAdd(serial, 0);

    internal ProvisioningLine Line(Board board, IToolRunner tools, Action<BootedIdentity> online) =>
        new(new EspTools(tools, EspToolVersion.Oldest), authority, new BoardWatch(board, bundle.FirmwareVersion, online), TimeProvider.System)
        {
            LockFolder = Path.Combine(folder, "ports"),
            OpenLine = (_, _) => Task.FromResult<ISerialLine>(new SilentSerial()),
            Silence = TimeSpan.Zero,
        };

    // A port for each board: two at one would exclude each other.
    private ProvisioningRequest Request() => new(ChipPort.Parse($"socket://127.0.0.1:{1 + (Interlocked.Increment(ref _boards) % ushort.MaxValue)}"), bundle, "broker.makapix.test", 8883, folder)
    {
        Policy = Policy,
        WifiSsid = "makapix",
        WifiPassword = WifiPassword,
    };

    private string NewFolder() => Path.Combine(folder, Guid.NewGuid().ToString("N"));
}
