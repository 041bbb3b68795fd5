using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>mosquitto as its package has it, and what mutual TLS needs: nothing else is set. It has as many open files as systemd gives a service that asks for no number.</summary>
internal sealed class StockTarget : CheckTarget
{
    // DefaultLimitNOFILE of systemd-system.conf(5), the soft one: mosquitto does not raise it.
    private const int OpenFiles = 1024;

    private readonly LoggedProcess _mosquitto;

    private StockTarget(LoggedProcess mosquitto, IPEndPoint endPoint) => (_mosquitto, EndPoint) = (mosquitto, endPoint);

    public override IPEndPoint EndPoint { get; }

    public override bool Runs => !_mosquitto.HasExited;

    public override IReadOnlyCollection<string> Log => _mosquitto.Log;

    protected override IReadOnlyCollection<int> Brokers => [_mosquitto.ProcessId];

    protected override IReadOnlyCollection<int> Fronts => [];

    public static async Task<CheckTarget> StartAsync(CheckWorld world, CancellationToken cancel)
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, FreePort.Pick());
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
        string[] command = [$"--nofile={OpenFiles}:{OpenFiles}", LoggedProcess.Find("mosquitto"), "-c", configuration];
        return new StockTarget(await LoggedProcess.StartAsync("prlimit", command, " running", endPoint, heard: null, cancel), endPoint);
    }

    public override ValueTask DisposeAsync() => _mosquitto.DisposeAsync();
}
