using System.Collections.Generic;

namespace Makapix.Cli.Demo.Sabotages;

internal sealed class OnlineSabotage : Sabotage
{
    public override string Check => "online";

    public override string What => "the broker's access list no longer lets players write their capabilities";

    public override IReadOnlyCollection<string> WithheldTopics => ["capabilities"];
}
