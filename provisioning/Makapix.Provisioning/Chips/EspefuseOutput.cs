using System;
using System.Collections.Generic;
using System.Linq;

namespace Makapix.Provisioning.Chips;

/// <summary>Reads espefuse's answer to a burn.</summary>
internal static class EspefuseOutput
{
    private const string Block0 = "BLOCK0";

    // What shuts the eFuses off from their reader: espefuse says "NAME is enabled" once it has lost the chip that way, and nothing of BLOCK0.
    private static readonly string[] EndsReading = ["ENABLE_SECURITY_DOWNLOAD", "DIS_DOWNLOAD_MODE"];

    /// <summary>The first block that espefuse did not confirm; null if it confirmed all.</summary>
    public static string? Unconfirmed(EfuseBurn burn, IEnumerable<string> lines)
    {
        var text = lines.ToList();
        var blocks = (burn.Key?.Parts.Select(part => part.ConfirmedAs) ?? []).Append(Block0);
        return blocks.FirstOrDefault(block => !text.Exists(line => Confirms(line, block)) && !(block == Block0 && WentSilent(burn, text)));
    }

    private static bool Confirms(string line, string block) =>
        line.StartsWith($"BURN {block} ", StringComparison.Ordinal) && line.Contains(" - OK", StringComparison.Ordinal);

    private static bool WentSilent(EfuseBurn burn, List<string> text) =>
        burn.Values.Any(value => EndsReading.Contains(value.Name) && text.Exists(line => line.TrimEnd('.') == $"{value.Name} is enabled"));
}
