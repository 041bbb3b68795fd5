using System.Collections.Generic;

namespace Makapix.Cli.Demo.Sabotages;

internal sealed class CommandAckedSabotage : Sabotage
{
    public override string Check => "command-acked";

    public override string What => "the broker's access list no longer lets players acknowledge commands";

    public override IReadOnlyCollection<string> WithheldTopics => ["command/ack"];
}
