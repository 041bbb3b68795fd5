using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>From the Python package index, by pip, into a virtual environment of its own (which is what pipx would make).</summary>
/// <param name="shell">Runs Python.</param>
/// <param name="folder">Where the environment goes.</param>
/// <param name="apt">Installs Python's venv module first, where that is missing; null to try without.</param>
internal sealed class PipEsptool(ToolShell shell, ToolFolder folder, AptPackages? apt = null) : IEsptoolSource
{
    private const string Package = "esptool==4.8.1";
    private const string VenvPackage = "python3-venv";

    public string Description => $"{Package} from the Python package index";

    public string? Command { get; private set; }

    public async Task<EsptoolCommands?> ProvideAsync(CancellationToken cancel)
    {
        if (apt is not null && !await PrepareAsync(apt, cancel))
        {
            return null;
        }

        var venv = Path.Combine(folder.Esptool, "venv");
        var python = Path.Combine(venv, "bin/python");

        // One short try: an index that cannot be reached must not hold everything up.
        if (await MakeVenvAsync(venv, cancel)
            && (await shell.RunAsync(python, ["-m", "pip", "install", "-q", "--retries", "0", "--timeout", "15", "--disable-pip-version-check", Package], cancel)).Succeeded)
        {
            return new EsptoolCommands(program => [python, "-m", program]);
        }

        if (Directory.Exists(venv))
        {
            Directory.Delete(venv, recursive: true);
        }

        return null;
    }

    // False where it would change nothing: then the first try, without apt, has shown all there is.
    private async Task<bool> PrepareAsync(AptPackages packages, CancellationToken cancel)
    {
        if ((await packages.MissingAsync([VenvPackage], cancel)).Length == 0)
        {
            return false;
        }

        if (!packages.MayInstall)
        {
            Command = $"sudo apt-get install -y {VenvPackage}";
            return false;
        }

        await packages.InstallAsync([VenvPackage], cancel);
        return true;
    }

    private async Task<bool> MakeVenvAsync(string venv, CancellationToken cancel) =>
        shell.Find("python3") is { } python && (await shell.RunAsync(python, ["-m", "venv", "--clear", venv], cancel)).Succeeded;
}
