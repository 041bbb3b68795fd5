using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo.Checks;

/// <summary>A leaf of another CA, with the device's own name in it, is refused by the broker.</summary>
internal sealed class StrangerRefusedCheck : IDemoCheck
{
    public string Name => "stranger-refused";

    public async Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        using var stranger = world.Stranger.Issue(world.DeviceId.ToString("D"));
        foreach (var version in BrokerAccess.Versions)
        {
            await BrokerAccess.RequireRefusedAsync(world, "a stranger with the device's name", stranger, version, cancel);
        }

        return "a leaf of another CA with the device's own name: refused by TLS alert, over TLS 1.2 and 1.3";
    }
}
