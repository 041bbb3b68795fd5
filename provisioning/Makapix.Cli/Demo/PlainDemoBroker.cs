using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker;

namespace Makapix.Cli.Demo;

/// <summary>mosquitto alone, where there is no HAProxy: a kit runs on Linux.</summary>
internal sealed class PlainDemoBroker : IDemoBroker
{
    private readonly MosquittoProcess _process;

    private PlainDemoBroker(MosquittoProcess process) => _process = process;

    /// <summary>What runs, in words.</summary>
    public const string Words = "mosquitto";

    public static async Task<IDemoBroker> StartAsync(DemoFolders folders, IPEndPoint listen, string[] services, string[] operators, Sabotage sabotage, CancellationToken cancel)
    {
        var acl = PlayerAcl.Text([.. services, .. operators], sabotage.WithheldTopics) + sabotage.AddedRules;
        return new PlainDemoBroker(await MosquittoProcess.StartAsync(new MosquittoOptions(folders.Broker, listen, acl), cancel));
    }

    public Task ReloadAsync(CancellationToken cancel) => _process.ReloadAsync(cancel);

    public Task KillAsync(CancellationToken cancel) => _process.KillAsync(cancel);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
