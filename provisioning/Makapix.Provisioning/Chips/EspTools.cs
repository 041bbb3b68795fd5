using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Chips;

/// <summary>The installed esptool and espefuse, and their version.</summary>
/// <param name="Version">Of both: they are one package.</param>
/// <param name="Esptool">Reads and writes flash.</param>
/// <param name="Espefuse">Reads and burns eFuses.</param>
public sealed record EspTools(EspToolVersion Version, EspTool Esptool, Espefuse Espefuse)
{
    /// <summary>Finds out what is installed; once for any number of boards.</summary>
    /// <exception cref="ChipException">esptool is missing, too old, or not what it claims to be.</exception>
    public static async Task<EspTools> DetectAsync(IToolRunner runner, CancellationToken cancel)
    {
        var version = await EspTool.VersionAsync(runner, cancel);
        var syntax = new EspToolSyntax(version);
        return new EspTools(version, new EspTool(runner, syntax), new Espefuse(runner, syntax));
    }
}
