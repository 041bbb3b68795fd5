using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Broker.Up;
using Makapix.Provisioning.Tests.Broker.Kit;
using Makapix.Testing;

namespace Makapix.Provisioning.Tests.Broker.Up;

/// <summary>A kit that runs, and clients of it.</summary>
internal sealed class RunBench : IAsyncDisposable
{
    private KitRun? _run;

    public KitBench Bench { get; } = new("localhost");

    public KitRun Run => _run!;

    /// <summary>The home of the run.</summary>
    public string Home => Bench.Out;

    public async Task<KitRun> StartAsync(KitPorts? ports = null, CancellationToken cancel = default)
    {
        var description = Bench.Describe();
        return _run = await KitRun.StartAsync(description, new KitRunOptions(Home, ports ?? KitPorts.Free(description.Brokers.Length, description.Web is not null)), DateTimeOffset.UtcNow, cancel);
    }

    /// <summary>Starts it where other processes find it, as <c>broker up</c> does.</summary>
    public Task<KitUp> UpAsync(CancellationToken cancel)
    {
        Bench.Describe();
        return KitUp.StartAsync(Bench.Config, Home, freePorts: true, heard: null, DateTimeOffset.UtcNow, cancel);
    }

    /// <summary>Comes in through the front.</summary>
    public Task<MqttClient> ConnectAsync(ClientIdentity who, int longest = 4096) => MqttClient.ConnectAsync(Options(who, Run.Ports.Front, longest), CancellationToken.None);

    /// <summary>The refusal; null if there was none.</summary>
    public async Task<MqttFailure?> KnockAsync(ClientIdentity who)
    {
        try
        {
            await using var client = await ConnectAsync(who);
            return null;
        }
        catch (MqttException e)
        {
            return e.Kind;
        }
    }

    public static Task UntilAsync(Func<Task<bool>> condition, string what) => Eventually.HoldsAsync(condition, () => what);

    public async ValueTask DisposeAsync()
    {
        if (_run is not null)
        {
            await _run.DisposeAsync();
        }

        Bench.Dispose();
    }

    private static MqttClientOptions Options(ClientIdentity who, int port, int longest) => new()
    {
        Host = "localhost",
        Port = port,
        Tls = new TlsOptions { TrustAnchors = TestPki.Shared.Anchors, Identity = who },
        Session = new MqttOptions("anything") { MaxOutgoingPacketBytes = longest },
    };
}
