using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Broker;
using Makapix.Provisioning.Images;

namespace Makapix.Cli.Fleet;

/// <summary>What a simulated fleet lives in: an authority of its own, identities, and a real mosquitto that can be killed. All of it goes with it.</summary>
internal sealed class SimulationWorld : IAsyncDisposable
{
    // An address, not a name: the resolver is not what is measured.
    private static readonly IPAddress Address = IPAddress.Loopback;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("makapix-fleet-");
    private readonly List<SimulatedIdentity> _identities = [];
    private readonly IPEndPoint _endPoint = new(Address, FreePort.Pick());
    private MosquittoProcess? _broker;

    public IReadOnlyList<SimulatedIdentity> Identities => _identities;

    /// <summary>CPU time of the broker that runs now.</summary>
    public TimeSpan BrokerCpu => _broker?.CpuTime ?? TimeSpan.Zero;

    private string BrokerFolder => Path.Combine(_folder.FullName, "broker");

    /// <summary>Makes the authority, the broker's credentials, and an identity for each device: the same code that provisions a board.</summary>
    public void Issue(int devices, CancellationToken cancel)
    {
        var passphrase = RandomNumberGenerator.GetHexString(32).ToCharArray();
        var rootPassphrase = RandomNumberGenerator.GetHexString(32).ToCharArray();
        var plan = new CeremonyPlan(Path.Combine(_folder.FullName, "authority"), Path.Combine(_folder.FullName, "root"));
        using var authority = CertificateAuthority.Init(plan, passphrase, rootPassphrase, cancel: cancel);
        Array.Clear(passphrase);
        Array.Clear(rootPassphrase);
        new CredentialWriter(authority, BrokerFolder).Broker(["localhost"], [Address]);
        for (var i = 0; i < devices; i++)
        {
            cancel.ThrowIfCancellationRequested();
            using var identity = authority.IssueDevice(Guid.NewGuid());
            _identities.Add(new SimulatedIdentity($"{identity.DeviceId:D}", IdentityBlob.EncodeIssued(identity, $"{Address}", (ushort)_endPoint.Port)));
        }
    }

    /// <summary>Starts the broker, with room for every device.</summary>
    public async Task StartBrokerAsync(CancellationToken cancel) =>
        _broker = await MosquittoProcess.StartAsync(new MosquittoOptions(BrokerFolder, _endPoint, PlayerAcl.Text([])) { MaxConnections = 2 * Math.Max(50, Identities.Count) }, cancel);

    /// <summary>Ends the broker as a crash would (SIGKILL).</summary>
    public async Task KillBrokerAsync(CancellationToken cancel)
    {
        if (_broker is { } broker)
        {
            _broker = null;
            await broker.KillAsync(cancel);
            await broker.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillBrokerAsync(CancellationToken.None);
        _identities.ForEach(identity => CryptographicOperations.ZeroMemory(identity.Blob));
        _folder.Delete(recursive: true);
    }
}
