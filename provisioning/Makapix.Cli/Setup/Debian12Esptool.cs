using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>
/// Debian 12 has no esptool that is new enough. Debian 13's package is pure Python and runs on Debian 12 when it is unpacked beside the system,
/// not installed: dpkg would refuse its dependencies and leave apt blocked. It comes by the machine's own sources, read with the newer suite's name,
/// and apt verifies it with the archive's keyring as it does any package.
/// </summary>
internal sealed partial class Debian12Esptool(ToolShell shell, AptPackages apt, ToolFolder folder, Action<string> say) : IEsptoolSource
{
    private static readonly string[] Dependencies =
        ["python3-bitstring", "python3-cryptography", "python3-ecdsa", "python3-intelhex", "python3-serial", "python3-yaml"];

    // The system's, for which the dependencies are installed: not whatever python3 comes first on PATH.
    private const string Python = "/usr/bin/python3";

    private static readonly string[] Packages = ["esptool", "python3-reedsolo"];

    public string Description => "esptool of Debian 13, unpacked";

    public string? Command { get; private set; }

    public async Task<EsptoolCommands?> ProvideAsync(CancellationToken cancel)
    {
        if (!IsDebian12() || shell.Find("apt-get") is null)
        {
            return null;
        }

        var missing = await apt.MissingAsync(Dependencies, cancel);
        if (missing.Length > 0 && !apt.MayInstall)
        {
            Command = $"sudo apt-get install -y {string.Join(' ', missing)}";
            return null;
        }

        if (missing.Length > 0)
        {
            await apt.InstallAsync(missing, cancel);
        }

        var work = Directory.CreateTempSubdirectory("makapix-apt-");
        try
        {
            say("fetching esptool from Debian 13, to unpack it beside the system …");
            await DownloadAsync(work.FullName, cancel);
            var root = Path.Combine(work.FullName, "root");
            foreach (var package in Directory.GetFiles(work.FullName, "*.deb"))
            {
                await MustAsync("dpkg-deb", ["-x", package, root], cancel);
            }

            // Built for a newer Python; the pure reedsolo.py beside it does the same.
            foreach (var compiled in Directory.GetFiles(root, "creedsolo*.so", SearchOption.AllDirectories))
            {
                File.Delete(compiled);
            }

            return await InstallAsync(root, cancel);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private async Task DownloadAsync(string work, CancellationToken cancel)
    {
        foreach (var needed in (string[])["parts", "lists/partial", "cache/archives/partial"])
        {
            Directory.CreateDirectory(Path.Combine(work, needed));
        }

        foreach (var source in Sources())
        {
            File.WriteAllText(Path.Combine(work, "parts", Path.GetFileName(source)), Bookworm().Replace(File.ReadAllText(source), "trixie"));
        }

        string[] options =
        [
            "-o", "Dir::Etc::sourcelist=/dev/null", "-o", $"Dir::Etc::sourceparts={work}/parts", "-o", $"Dir::State::lists={work}/lists",
            "-o", $"Dir::Cache={work}/cache", "-o", "APT::Sandbox::User=",
        ];

        // A third party's source has no trixie: that fails, and does not matter.
        await shell.RunAsync("apt-get", [.. options, "update", "-qq"], cancel);
        await MustAsync("apt-get", [.. options, "download", "-qq", .. Packages], cancel, work);
    }

    private static IEnumerable<string> Sources()
    {
        var parts = Directory.Exists("/etc/apt/sources.list.d") ? Directory.GetFiles("/etc/apt/sources.list.d") : [];
        return parts.Where(file => file.EndsWith(".sources", StringComparison.Ordinal) || file.EndsWith(".list", StringComparison.Ordinal))
            .Append("/etc/apt/sources.list").Where(File.Exists);
    }

    private async Task<EsptoolCommands> InstallAsync(string root, CancellationToken cancel)
    {
        var home = Path.Combine(folder.Esptool, "debian13");
        if (Directory.Exists(home))
        {
            Directory.Delete(home, recursive: true);
        }

        CopyTree(new DirectoryInfo(root), home);
        var modules = Path.Combine(home, "usr/lib/python3/dist-packages");

        // Compiled once, as dpkg would: it saves a third of every start.
        await MustAsync(Python, ["-m", "compileall", "-q", modules], cancel);
        return new EsptoolCommands(program => [Python, Path.Combine(home, "usr/bin", program)], new Dictionary<string, string> { ["PYTHONPATH"] = modules });
    }

    // Not a move: the temporary folder may be on another file system.
    private static void CopyTree(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.GetFiles().Where(file => file.LinkTarget is null))
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var inner in from.GetDirectories())
        {
            CopyTree(inner, Path.Combine(to, inner.Name));
        }
    }

    private async Task MustAsync(string program, string[] arguments, CancellationToken cancel, string? work = null)
    {
        var run = await shell.RunAsync(program, arguments, cancel, work);
        if (!run.Succeeded)
        {
            throw new ToolException("004", $"{program} failed: {run.Text.TrimEnd().Split('\n')[^1].Trim()}", "Check that the Debian sources of this machine can be reached, or install esptool 4.7 or newer yourself (pipx install esptool).");
        }
    }

    private static bool IsDebian12()
    {
        var release = File.Exists("/etc/os-release") ? File.ReadAllLines("/etc/os-release") : [];
        return release.Contains("ID=debian") && release.Contains("VERSION_ID=\"12\"");
    }

    // The suite itself and its updates, not a third party's 'foo-bookworm'.
    [GeneratedRegex(@"(?<=[\s])bookworm\b")]
    private static partial Regex Bookworm();
}
