using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>From the Python package index, by pip, into a virtual environment of its own (which is what pipx would make).</summary>
internal sealed class PipEsptool(ToolShell shell, ToolFolder folder) : IEsptoolSource
{
    private const string Package = "esptool==4.8.1";

    public string Description => $"{Package} from the Python package index";

    public async Task<EsptoolCommands?> ProvideAsync(CancellationToken cancel)
    {
        var venv = Path.Combine(folder.Esptool, "venv");
        var python = Path.Combine(venv, OperatingSystem.IsWindows() ? "Scripts/python.exe" : "bin/python");

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

    private async Task<bool> MakeVenvAsync(string venv, CancellationToken cancel)
    {
        foreach (var name in (string[])["python3", "python"])
        {
            if (shell.Find(name) is { } python && (await shell.RunAsync(python, ["-m", "venv", "--clear", venv], cancel)).Succeeded)
            {
                return true;
            }
        }

        return false;
    }
}
