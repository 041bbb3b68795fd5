namespace Makapix.Cli.Demo.Sabotages;

internal sealed class NeighbourRefusedSabotage : Sabotage
{
    public override string Check => "neighbour-refused";

    public override string What => "the broker's access list lets every player into every player's topics";

    public override string AddedRules => "pattern readwrite makapix/player/+/#\n";
}
