using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Kit;
using Makapix.Provisioning.Broker.Up;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>
/// A kit's broker behind its front, by the kit's own files. What guards a machine from without (packet filter, fail2ban, systemd's limits but its bound on memory) has no part in it: on loopback there
/// is none, and the kit has to hold without.
/// </summary>
internal sealed class KitTarget : CheckTarget
{
    private const int Fleet = 500;

    private readonly KitRun _run;

    private KitTarget(KitRun run) => _run = run;

    public override IPEndPoint EndPoint => _run.Front;

    public override bool Runs => !_run.HasFailed;

    public override int Restarts => _run.Restarts;

    public override IReadOnlyCollection<string> Log => _run.Log;

    protected override IReadOnlyCollection<int> Brokers => _run.BrokerProcessIds;

    protected override IReadOnlyCollection<int> Fronts => [_run.FrontProcessId, .. _run.FrontWorkerIds];

    public static async Task<CheckTarget> StartAsync(CheckWorld world, CancellationToken cancel)
    {
        // Every limit as it is derived.
        var description = new KitDescription
        {
            Hosts = ["localhost"],
            FleetSize = Fleet,
            Credentials = world.Credentials,
            Management = ["192.0.2.0/24"],
            Roles = new KitRoles { Services = [world.Service.Name] },
        };
        return new KitTarget(await KitRun.StartAsync(description, new KitRunOptions(world.At("kit"), KitPorts.Free(1)), DateTimeOffset.UtcNow, cancel));
    }

    public override ValueTask DisposeAsync() => _run.DisposeAsync();
}
