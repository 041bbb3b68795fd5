using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>Installs packages of the distribution.</summary>
internal sealed class AptPackages(ToolShell shell, Privilege privilege, Action<string> say)
{
    private bool _updated;

    public bool MayInstall => privilege.MayInstall;

    /// <summary>Those of <paramref name="packages"/> that are not installed.</summary>
    public async Task<string[]> MissingAsync(IEnumerable<string> packages, CancellationToken cancel)
    {
        var missing = new List<string>();
        foreach (var package in packages)
        {
            var query = await shell.RunAsync("dpkg-query", ["-W", "-f=${db:Status-Status}", package], cancel);
            if (!query.Succeeded || query.Text != "installed")
            {
                missing.Add(package);
            }
        }

        return [.. missing];
    }

    /// <exception cref="ToolException">Nothing may be installed here, or apt-get failed.</exception>
    public async Task InstallAsync(IReadOnlyList<string> packages, CancellationToken cancel)
    {
        var command = $"apt-get install -y {string.Join(' ', packages)}";
        if (privilege.Prefix is not { } prefix)
        {
            throw new ToolException("002", $"{string.Join(", ", packages)} must be installed, and this user may not.", $"Run: sudo {command}");
        }

        say($"installing {string.Join(", ", packages)} …");
        await UpdateAsync(cancel);
        var run = await AptAsync(prefix, ["install", "-y", "--no-install-recommends", .. packages], cancel);
        if (!run.Succeeded)
        {
            throw new ToolException("003", $"apt-get could not install {string.Join(", ", packages)}: {LastLines(run.Text)}", $"Mend the package sources, then run: {string.Join(' ', prefix)} {command}".Replace("  ", " "));
        }
    }

    /// <summary>The version of <paramref name="package"/> that the sources of this machine offer; null if none.</summary>
    public async Task<string?> CandidateAsync(string package, CancellationToken cancel)
    {
        if (privilege.MayInstall)
        {
            await UpdateAsync(cancel);
        }

        var policy = await shell.RunAsync("apt-cache", ["policy", package], cancel);
        return policy.Text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("Candidate: ", StringComparison.Ordinal))?["Candidate: ".Length..] is { } version and not "(none)"
            ? version
            : null;
    }

    private async Task UpdateAsync(CancellationToken cancel)
    {
        if (!_updated)
        {
            // A source that fails is no reason to stop: the install says whether it mattered.
            await AptAsync(privilege.Prefix!, ["update", "-qq"], cancel);
            _updated = true;
        }
    }

    private Task<ToolRun> AptAsync(string[] prefix, string[] arguments, CancellationToken cancel)
    {
        string[] words = [.. prefix, "apt-get", "-o", "DPkg::Lock::Timeout=120", .. arguments];
        return shell.RunAsync(words[0], words[1..], cancel);
    }

    private static string LastLines(string text) => string.Join(" / ", text.TrimEnd().Split('\n').TakeLast(2).Select(line => line.Trim()));
}
