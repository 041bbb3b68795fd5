using System;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>Whether packages may be installed here: as root, by sudo, or not at all.</summary>
/// <param name="Prefix">The words before a command; null if nothing may be installed.</param>
internal sealed record Privilege(string[]? Prefix)
{
    public bool MayInstall => Prefix is not null;

    public static async Task<Privilege> FindAsync(ToolShell shell, CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux() || shell.Find("apt-get") is null)
        {
            return new Privilege((string[]?)null);
        }

        if (Environment.IsPrivilegedProcess)
        {
            return new Privilege([]);
        }

        // -n: never asks. A password prompt in the middle of a demo would look like a hang; the message names the command instead.
        return shell.Find("sudo") is not null && (await shell.RunAsync("sudo", ["-n", "true"], cancel)).Succeeded
            ? new Privilege(["sudo", "-n"])
            : new Privilege((string[]?)null);
    }
}
