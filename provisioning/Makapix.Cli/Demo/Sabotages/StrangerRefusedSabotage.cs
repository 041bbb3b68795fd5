using System.IO;

namespace Makapix.Cli.Demo.Sabotages;

internal sealed class StrangerRefusedSabotage : Sabotage
{
    public override string Check => "stranger-refused";

    public override string What => "the broker trusts another CA as well";

    public override void BeforeBroker(DemoWorld world)
    {
        File.AppendAllText(world.Folders.BrokerTrust, world.Stranger.RootPem + "\n");
        File.AppendAllText(world.Folders.Crl, world.Stranger.Crl() + "\n");
    }
}
