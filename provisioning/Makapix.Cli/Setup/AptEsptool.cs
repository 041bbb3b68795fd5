using System;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>The distribution's own package, where that is new enough (Debian 13, Ubuntu 24.04 and later).</summary>
internal sealed class AptEsptool(AptPackages apt, PathEsptool onPath) : IEsptoolSource
{
    public string Description => "esptool of this distribution";

    public string? Command { get; private set; }

    public async Task<EsptoolCommands?> ProvideAsync(CancellationToken cancel)
    {
        if (await apt.CandidateAsync("esptool", cancel) is not { } candidate || !IsNewEnough(candidate))
        {
            return null;
        }

        if (!apt.MayInstall)
        {
            Command = "sudo apt-get install -y esptool";
            return null;
        }

        await apt.InstallAsync(["esptool"], cancel);
        return await onPath.ProvideAsync(cancel);
    }

    // A Debian version such as 4.7.0+dfsg-0.1: the upstream part decides.
    private static bool IsNewEnough(string candidate) =>
        Version.TryParse(candidate.Split('+', '-', '~')[0], out var version) && version >= RequiredTool.OldestEsptool;
}
