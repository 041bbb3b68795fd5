using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Chips;

/// <summary>The installed esptool and espefuse.</summary>
/// <param name="runner">Runs them.</param>
/// <param name="version">Of both: they are one package.</param>
public sealed class EspTools(IToolRunner runner, EspToolVersion version)
{
    /// <summary>Of both: they are one package.</summary>
    public EspToolVersion Version { get; } = version;

    /// <summary>Finds out what is installed; once for any number of boards.</summary>
    /// <exception cref="ChipException">esptool is missing, too old, or not what it claims to be.</exception>
    public static async Task<EspTools> DetectAsync(IToolRunner runner, CancellationToken cancel) =>
        new(runner, await EspTool.VersionAsync(runner, cancel));

    /// <summary>The tools, for one kind of chip.</summary>
    public ChipTools For(ChipProfile chip)
    {
        var syntax = new EspToolSyntax(Version, chip);
        return new ChipTools(new EspTool(runner, syntax), new Espefuse(runner, syntax), new Espsecure(runner, syntax));
    }
}
