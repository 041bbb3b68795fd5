using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo.Sabotages;

internal sealed class ReconnectedSabotage : Sabotage
{
    public override string Check => "reconnected";

    public override string What => "the broker does not come back";

    public override Task RestartBrokerAsync(DemoWorld world, CancellationToken cancel) => Task.CompletedTask;
}
