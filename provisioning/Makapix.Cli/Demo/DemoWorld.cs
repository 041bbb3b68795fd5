using System;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Device.Host;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Makapix.VirtualEsp32;

namespace Makapix.Cli.Demo;

/// <summary>All that the demo has made so far, for its checks to look at.</summary>
internal sealed class DemoWorld(DemoFolders folders, Sabotage sabotage) : IAsyncDisposable
{
    /// <summary>The broker's name, in its certificate and in the device's identity.</summary>
    public const string BrokerHost = "localhost";

    /// <summary>The operator that the station is to the broker.</summary>
    public const string StationName = "station";

    private const string ServiceName = "backend";

    private const string WitnessName = "witness";

    // The key block in efuse.bin (see the virtual chip's README).
    private static readonly Range FlashKey = 0x68..0x88;

    private IDemoBroker? _broker;
    private CertificateAuthority? _authority;
    private IdentityBlob? _identity;
    private DemoDevice? _device;
    private DemoPeer? _service;
    private byte[] _blob = [];

    public DateTime Begun { get; } = DateTime.UtcNow;

    public DemoFolders Folders => folders;

    public Sabotage Sabotage => sabotage;

    /// <summary>What the station was told that the board is.</summary>
    public string ExpectedMac { get; } = $"24:0a:c4:{RandomNumberGenerator.GetInt32(256):x2}:{RandomNumberGenerator.GetInt32(256):x2}:{RandomNumberGenerator.GetInt32(256):x2}";

    /// <summary>Of the CA; random, and in memory only.</summary>
    public char[] Passphrase { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true).ToCharArray();

    /// <summary>Of its root; the same.</summary>
    public char[] RootPassphrase { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true).ToCharArray();

    public string WifiPassword { get; } = RandomNumberGenerator.GetHexString(24, lowercase: true);

    public ForeignAuthority Stranger { get; } = new();

    public IPEndPoint BrokerEndPoint { get; } = new(IPAddress.Loopback, FreePort.Pick());

    public CertificateAuthority Authority
    {
        get => _authority ?? throw Missing("the CA");
        set => _authority = value;
    }

    public ProvisionedDevice Provisioned { get => field ?? throw Missing("the provisioned device"); set; }

    /// <summary>What the chip handed its firmware at boot.</summary>
    public IdentityBlob Identity
    {
        get => _identity ?? throw Missing("the booted chip");
        set => _identity = value;
    }

    public DemoDevice Device
    {
        get => _device ?? throw Missing("the running device");
        set => _device = value;
    }

    /// <summary>The service that speaks to all players, connected since before the device booted.</summary>
    public DemoPeer Service
    {
        get => _service ?? throw Missing("the service");
        set => _service = value;
    }

    /// <summary>Another service, for a look from outside: a certificate holds one session at the broker.</summary>
    public ClientIdentity Witness { get => field ?? throw Missing("the service"); set; }

    public Guid DeviceId => Provisioned.DeviceId;

    /// <summary>The device's own certificate and its issuer's.</summary>
    public X509Certificate2Collection DeviceChain
    {
        get
        {
            var chain = new X509Certificate2Collection();
            for (var rest = Identity.CertificateChain; rest.Length > 0;)
            {
                var certificate = X509CertificateLoader.LoadCertificate(rest);
                chain.Add(certificate);
                rest = rest[certificate.RawData.Length..];
            }

            return chain;
        }
    }

    public X509Certificate2Collection TrustAnchors => [X509CertificateLoader.LoadCertificate(Authority.RootDer.Span)];

    /// <summary>A topic of a player: <c>makapix/player/ID/NAME</c>.</summary>
    public static string TopicOf(Guid player, string name) => $"makapix/player/{player:D}/{name}";

    /// <summary>Whether a message is the player's own word that it is online, or offline.</summary>
    public static bool IsStatus(MqttMessage message, Guid player, string status) =>
        message.Topic == TopicOf(player, "status") && Text(message).Contains($"\"status\":\"{status}\"", StringComparison.Ordinal);

    public static string Text(MqttMessage message) => Encoding.UTF8.GetString(message.Payload.Span);

    /// <summary>Starts the broker on its port, with its access list as the sabotage would have it.</summary>
    public async Task StartBrokerAsync(CancellationToken cancel)
    {
        string[] services = [$"svc_{ServiceName}", $"svc_{WitnessName}"];
        string[] operators = [$"op_{StationName}"];
        _broker = OperatingSystem.IsLinux()
            ? await KitDemoBroker.StartAsync(folders, BrokerEndPoint, services, operators, sabotage, cancel)
            : await PlainDemoBroker.StartAsync(folders, BrokerEndPoint, services, operators, sabotage, cancel);
    }

    public async Task KillBrokerAsync(CancellationToken cancel)
    {
        if (_broker is not null)
        {
            await _broker.KillAsync(cancel);
            await _broker.DisposeAsync();
            _broker = null;
        }
    }

    /// <summary>Makes the broker know of new revocations.</summary>
    public async Task PublishRevocationsAsync(CancellationToken cancel)
    {
        sabotage.PublishRevocations(this);
        await (_broker ?? throw Missing("the broker")).ReloadAsync(cancel);
    }

    /// <summary>The service, listening to all that players may say.</summary>
    public async Task ConnectServiceAsync(CancellationToken cancel)
    {
        using var credential = Authority.IssueService(ServiceName);
        using var witness = Authority.IssueService(WitnessName);
        Witness = DemoAuthority.Client(witness);
        Service = await DemoPeer.ConnectAsync(this, DemoAuthority.Client(credential), "service", cancel);
        await Service.SubscribeAsync(cancel, "makapix/player/+/status", "makapix/player/+/capabilities", "makapix/player/+/state", "makapix/player/+/command/ack");
    }

    /// <summary>Puts the chip on a port for as long as <paramref name="use"/> takes.</summary>
    public async Task<T> OnPortAsync<T>(Func<string, Task<T>> use)
    {
        using var chip = VirtualChip.Open(folders.Chip);
        await using var port = LoaderServer.Start(chip, new LoaderServerOptions { Firmware = sabotage.Firmware(new HostFirmware()) });
        return await use(port.Port);
    }

    /// <summary>Boots the device, and lets it live.</summary>
    public void PowerOn()
    {
        _blob = ChipBoot.Identity(folders.Chip, out _);
        Identity = IdentityBlob.Decode(_blob);
        Device = new DemoDevice(_blob);
    }

    /// <summary>The same device once more, sent to another port of its broker's host: where it would end up if somebody rerouted it.</summary>
    public DemoDevice Reroute(int port) => new(_blob, new DeviceHostOptions { BrokerPort = port });

    /// <summary>The key in the chip, out of the reach of all software: BLOCK1 of efuse.bin.</summary>
    public byte[] ReadFlashKey() => File.ReadAllBytes(folders.Efuses)[FlashKey];

    public async ValueTask DisposeAsync()
    {
        if (_device is not null)
        {
            await _device.DisposeAsync();
        }

        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        await KillBrokerAsync(CancellationToken.None);
        _authority?.Dispose();
        _identity?.Dispose();
        Stranger.Dispose();
        Array.Clear(Passphrase);
        Array.Clear(RootPassphrase);
        CryptographicOperations.ZeroMemory(_blob);
    }

    private static CheckFailedException Missing(string what) => new($"the demo did not get as far as {what}");
}
