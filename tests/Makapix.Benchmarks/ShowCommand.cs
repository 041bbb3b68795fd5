using System;
using System.Diagnostics;
using System.IO;

namespace Makapix.Benchmarks;

/// <summary>The command line on a ledger, from its start to its end: what the process adds to the question.</summary>
internal sealed class ShowCommand
{
    private const int Times = 7;

    private readonly string _folder;
    private readonly string _program;

    /// <param name="folder">The folder that the ledger is in.</param>
    /// <param name="file">Its name there.</param>
    public ShowCommand(string folder, string file)
    {
        _folder = folder;
        File.WriteAllText(Path.Combine(folder, "ledger.json"), $"{{\"ledger\":\"{file}\"}}\n");

        // tests/Makapix.Benchmarks/bin/Release/net10.0 and provisioning/Makapix.Cli/bin/Release/net10.0.
        var here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var root = Path.GetFullPath(Path.Combine(here, "..", "..", "..", "..", ".."));
        _program = Path.Combine(root, "provisioning", "Makapix.Cli", Path.GetRelativePath(Path.Combine(here, "..", "..", ".."), here), "makapix.dll");
    }

    /// <summary>Shows one device, some times.</summary>
    /// <exception cref="BenchmarkException">It does not, or is not there.</exception>
    public Samples Time(Guid device)
    {
        if (!File.Exists(_program))
        {
            throw new BenchmarkException("the command line is not built. Run it as ./makapix bench ledger.");
        }

        var samples = new Samples();
        for (var i = 0; i < Times; i++)
        {
            samples.Time(() => Show(device.ToString("D")));
        }

        return samples;
    }

    private void Show(string device)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [_program, "device", "show", device, "--dir", _folder]) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || !text.Contains(device, StringComparison.Ordinal))
        {
            throw new BenchmarkException("the command 'device show' does not show the device.");
        }
    }
}
