using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>Sets up what a command needs and is not there yet. The second time it is a look at a few files.</summary>
internal sealed class ToolSetup
{
    private readonly ToolShell _shell = new();
    private readonly ToolFolder _folder;
    private readonly Action<string> _say;

    public ToolSetup(CommandContext context, ToolFolder? folder = null)
    {
        _folder = folder ?? ToolFolder.Default();
        _say = text => context.Error.WriteLine($"makapix: {text}");
    }

    public ToolProbe Probe => new(_shell);

    /// <summary>Espressif's tools: for whatever touches a chip.</summary>
    public async Task EnsureEsptoolAsync(CancellationToken cancel)
    {
        PutOnPath();
        if (new EsptoolSetup(Probe, _folder, [], _say).IsDone)
        {
            return;
        }

        var apt = await AptAsync(cancel);
        var onPath = new PathEsptool(_shell, Probe, _folder);
        IEsptoolSource[] sources = [onPath, new PipEsptool(_shell, _folder), new AptEsptool(apt, onPath), new Debian12Esptool(_shell, apt, _folder, _say)];
        await new EsptoolSetup(Probe, _folder, sources, _say).RunAsync(cancel);
    }

    /// <summary>All of them: the demo's, and what the tests hold us against.</summary>
    public async Task EnsureAllAsync(CancellationToken cancel)
    {
        await EnsureDemoAsync(cancel);
        await EnsurePackageAsync(RequiredTool.JsonSchema, "python3-jsonschema", cancel);
    }

    /// <summary>A broker and openssl beside Espressif's tools: for the demo.</summary>
    public async Task EnsureDemoAsync(CancellationToken cancel)
    {
        await EnsurePackageAsync(RequiredTool.Mosquitto, "mosquitto", cancel);
        await EnsurePackageAsync(RequiredTool.OpenSsl, "openssl", cancel);
        await EnsureEsptoolAsync(cancel);
    }

    private async Task EnsurePackageAsync(RequiredTool tool, string package, CancellationToken cancel)
    {
        PutOnPath();
        if (_shell.Find(tool.Name) is not null)
        {
            return;
        }

        await (await AptAsync(cancel)).InstallAsync([package], cancel);
        if (_shell.Find(tool.Name) is null)
        {
            throw new ToolException("005", $"{tool.Name} was installed and is still not on PATH.", $"Put the folder of {tool.Name} on PATH, then run the command again.");
        }
    }

    private async Task<AptPackages> AptAsync(CancellationToken cancel) => new(_shell, await Privilege.FindAsync(_shell, cancel), _say);

    // For those who start makapix.dll without the entry script.
    private void PutOnPath()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (!path.StartsWith(_folder.Bin, StringComparison.Ordinal))
        {
            Environment.SetEnvironmentVariable("PATH", string.Join(Path.PathSeparator, _folder.Bin, path, "/usr/local/sbin", "/usr/sbin"));
        }
    }
}
