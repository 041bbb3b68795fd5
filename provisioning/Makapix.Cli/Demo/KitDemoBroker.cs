using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Kit;
using Makapix.Provisioning.Broker.Up;

namespace Makapix.Cli.Demo;

/// <summary>The broker of a kit as <c>makapix broker kit</c> writes it: mosquitto behind HAProxy.</summary>
internal sealed class KitDemoBroker : IDemoBroker
{
    // The demo's device, those that are refused, and the one that is revoked.
    private const int Fleet = 10;

    private readonly KitDescription _description;
    private readonly KitRun _run;

    private KitDemoBroker(KitDescription description, KitRun run) => (_description, _run) = (description, run);

    /// <summary>What runs, in words.</summary>
    public const string Words = "a hardened kit, mosquitto behind HAProxy";

    public static async Task<IDemoBroker> StartAsync(DemoFolders folders, IPEndPoint listen, string[] services, string[] operators, Sabotage sabotage, CancellationToken cancel)
    {
        var description = new KitDescription
        {
            Hosts = [DemoWorld.BrokerHost],
            FleetSize = Fleet,
            Credentials = folders.Broker,
            Management = ["127.0.0.0/8"],
            Roles = new KitRoles { Services = [.. services], Operators = [.. operators] },
        };
        var ports = KitPorts.Free(1) with { Front = listen.Port };
        var options = new KitRunOptions(Path.Combine(folders.Root, "kit"), ports)
        {
            ChangeAccess = acl => sabotage.WithheldTopics.Aggregate(acl, (text, topic) => text.Replace($"pattern write makapix/player/%u/{topic}\n", "", StringComparison.Ordinal)) + sabotage.AddedRules,
        };
        return new KitDemoBroker(description, await KitRun.StartAsync(description, options, DateTimeOffset.UtcNow, cancel));
    }

    public Task ReloadAsync(CancellationToken cancel) => _run.ReloadAsync(_description, DateTimeOffset.UtcNow, cancel);

    public Task KillAsync(CancellationToken cancel) => _run.KillAsync(cancel);

    public ValueTask DisposeAsync() => _run.DisposeAsync();
}
