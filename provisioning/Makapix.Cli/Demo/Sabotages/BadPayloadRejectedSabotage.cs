using System.Text;
using Makapix.Cli.Demo.Checks;

namespace Makapix.Cli.Demo.Sabotages;

internal sealed class BadPayloadRejectedSabotage : Sabotage
{
    public override string Check => "bad-payload-rejected";

    public override string What => "one of the bad payloads is a good one, so that the device acts on it";

    public override PayloadAttack[] Attacks(PayloadAttack[] attacks) =>
        [.. attacks[1..], new PayloadAttack("well-formed", Encoding.UTF8.GetBytes(PlayerCommand.SetBrightness(BadPayloadRejectedCheck.Attacked).Json))];
}
