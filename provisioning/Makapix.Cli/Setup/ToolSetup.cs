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
        PutOnPath();
    }

    public ToolProbe Probe => new(_shell);

    /// <summary>All of them: the demo's, run to see that they work, and what the tests hold us against besides.</summary>
    /// <exception cref="ToolException">Something is missing and cannot be set up here; the text says what to run.</exception>
    public async Task EnsureAllAsync(CancellationToken cancel)
    {
        await EnsureDemoAsync(verify: true, cancel);
        await EnsurePackageAsync(RequiredTool.JsonSchema, "python3-jsonschema", cancel);
        await EnsurePackageAsync(RequiredTool.SoftHsm, "softhsm2", cancel);
        await EnsurePackageAsync(RequiredTool.OpenSc, "opensc", cancel);
        await EnsurePackageAsync(RequiredTool.Postgres, "postgresql", cancel);
        await EnsurePackageAsync(RequiredTool.Nft, "nftables", cancel);
        await EnsurePackageAsync(RequiredTool.Ip, "iproute2", cancel);
        await EnsurePackageAsync(RequiredTool.Fail2Ban, "fail2ban", cancel);
        await EnsurePackageAsync(RequiredTool.AppArmor, "apparmor", cancel);
        await EnsurePackageAsync(RequiredTool.SystemdAnalyze, "systemd", cancel);
    }

    /// <summary>What the demo needs: a broker and its front, openssl, and Espressif's tools.</summary>
    /// <param name="verify">Whether to run Espressif's tools to see that they work, and set them up anew if not; else their files are enough.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="ToolException">Something is missing and cannot be set up here; the text says what to run.</exception>
    public async Task EnsureDemoAsync(bool verify, CancellationToken cancel)
    {
        await (OperatingSystem.IsLinux() ? EnsureKitAsync(cancel) : EnsureBrokerAsync(cancel));
        await EnsurePackageAsync(RequiredTool.OpenSsl, "openssl", cancel);
        await EnsureEsptoolAsync(verify, cancel);
    }

    /// <summary>What a fleet needs: a broker.</summary>
    /// <exception cref="ToolException">It is missing and cannot be set up here; the text says what to run.</exception>
    public Task EnsureBrokerAsync(CancellationToken cancel) => EnsurePackageAsync(RequiredTool.Mosquitto, "mosquitto", cancel);

    /// <summary>What a kit that runs needs: a broker and its front.</summary>
    /// <exception cref="ToolException">One is missing and cannot be set up here; the text says what to run.</exception>
    public async Task EnsureKitAsync(CancellationToken cancel)
    {
        await EnsureBrokerAsync(cancel);
        await EnsurePackageAsync(RequiredTool.HaProxy, "haproxy", cancel);
    }

    private async Task EnsureEsptoolAsync(bool verify, CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows())
        {
            // No wrappers there: pip's own launchers do.
            var status = await Probe.InspectAsync(RequiredTool.Esptool, cancel);
            _ = status.Usable ? status : throw new ToolException("001", $"esptool: {status.Problem}.", "Run: pipx install esptool");
            return;
        }

        var setup = new EsptoolSetup(Probe, _folder, _say);
        if (verify ? await setup.WorksAsync(cancel) : setup.IsDone)
        {
            return;
        }

        var apt = await AptAsync(cancel);
        var onPath = new PathEsptool(_shell, Probe, _folder);
        await setup.RunAsync(
            [
                onPath, new AptEsptool(apt, onPath), new PipEsptool(_shell, _folder), new Debian12Esptool(_shell, apt, _folder, _say),
                new PipEsptool(_shell, _folder, apt),
            ],
            cancel);
    }

    private async Task EnsurePackageAsync(RequiredTool tool, string package, CancellationToken cancel)
    {
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
