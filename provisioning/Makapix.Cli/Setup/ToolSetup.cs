using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>Sets up what a command needs and is not there yet. The second time it is a look at a few files.</summary>
internal sealed class ToolSetup
{
    private readonly ToolShell shell = new();
    private readonly ToolFolder folder;
    private readonly Action<string> say;

    public ToolSetup(CommandContext context, ToolFolder? folder = null)
    {
        this.folder = folder ?? ToolFolder.Default();
        say = text => context.Error.WriteLine($"makapix: {text}");
    }

    public ToolProbe Probe => new(shell);

    /// <summary>Espressif's tools: for whatever touches a chip.</summary>
    public async Task EnsureEsptoolAsync(CancellationToken cancel)
    {
        PutOnPath();
        if (new EsptoolSetup(Probe, folder, [], say).IsDone)
        {
            return;
        }

        var apt = await AptAsync(cancel);
        var onPath = new PathEsptool(shell, Probe, folder);
        IEsptoolSource[] sources = [onPath, new PipEsptool(shell, folder), new AptEsptool(apt, onPath), new Debian12Esptool(shell, apt, folder, say)];
        await new EsptoolSetup(Probe, folder, sources, say).RunAsync(cancel);
    }

    /// <summary>A broker and openssl beside Espressif's tools: for the demo and the tests.</summary>
    public async Task EnsureAllAsync(CancellationToken cancel)
    {
        await EnsurePackageAsync(RequiredTool.Mosquitto, "mosquitto", cancel);
        await EnsurePackageAsync(RequiredTool.OpenSsl, "openssl", cancel);
        await EnsureEsptoolAsync(cancel);
    }

    private async Task EnsurePackageAsync(RequiredTool tool, string package, CancellationToken cancel)
    {
        PutOnPath();
        if (shell.Find(tool.Name) is not null)
        {
            return;
        }

        await (await AptAsync(cancel)).InstallAsync([package], cancel);
        if (shell.Find(tool.Name) is null)
        {
            throw new ToolException("005", $"{tool.Name} was installed and is still not on PATH.", $"Put the folder of {tool.Name} on PATH, then run the command again.");
        }
    }

    private async Task<AptPackages> AptAsync(CancellationToken cancel) => new(shell, await Privilege.FindAsync(shell, cancel), say);

    // For those who start makapix.dll without the entry script.
    private void PutOnPath()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (!path.StartsWith(folder.Bin, StringComparison.Ordinal))
        {
            Environment.SetEnvironmentVariable("PATH", string.Join(Path.PathSeparator, folder.Bin, path, "/usr/local/sbin", "/usr/sbin"));
        }
    }
}
