using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Up;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>mosquitto as its package has it, and what mutual TLS needs: nothing else is set.</summary>
internal sealed class StockTarget : CheckTarget
{
    private readonly MosquittoProcess _mosquitto;

    private StockTarget(MosquittoProcess mosquitto, IPEndPoint endPoint) => (_mosquitto, EndPoint) = (mosquitto, endPoint);

    public override IPEndPoint EndPoint { get; }

    public override bool Runs => !_mosquitto.HasExited;

    public override IReadOnlyCollection<string> Log => _mosquitto.Log;

    protected override IReadOnlyCollection<int> Brokers => [_mosquitto.ProcessId];

    protected override IReadOnlyCollection<int> Fronts => [];

    public static async Task<CheckTarget> StartAsync(CheckWorld world, CancellationToken cancel)
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, KitPorts.Free(0).Front);
        var configuration = world.At("stock.conf");

        // 'user': started as root, it would become somebody who cannot read the key, unless told to stay.
        await File.WriteAllTextAsync(configuration, $"""
            user {Environment.UserName}
            listener {endPoint.Port} {endPoint.Address}
            cafile {world.Credentials}/ca.crt
            certfile {world.Credentials}/broker.crt
            keyfile {world.Credentials}/broker.key
            require_certificate true
            use_identity_as_username true

            """, cancel);
        return new StockTarget(await MosquittoProcess.StartAsync(configuration, endPoint, heard: null, cancel), endPoint);
    }

    public override ValueTask DisposeAsync() => _mosquitto.DisposeAsync();
}
