using System;

namespace Makapix.Cli.Demo.Sabotages;

internal sealed class ChipInspectedSabotage : Sabotage
{
    public override string Check => "chip-inspected";

    public override string What => "another chip is on the port than the one that was announced";

    public override string ChipMac(string expected) => expected[..^2] + (expected.EndsWith("00", StringComparison.Ordinal) ? "01" : "00");
}
