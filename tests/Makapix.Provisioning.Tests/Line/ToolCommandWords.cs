using System.Linq;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Tests.Line;

internal static class ToolCommandWords
{
    private static readonly string[] Commands = ["version", "flash_id", "summary", "write_flash", "burn_key", "burn_efuse", "read_protect_efuse", "write_protect_efuse", "run"];

    /// <summary>The first command of a call.</summary>
    public static string Word(this ToolCommand call) => call.Arguments.First(Commands.Contains);
}
