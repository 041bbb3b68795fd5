using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>A <c>makapix virtual-chip</c> process.</summary>
internal sealed class ChipProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ChipProcess(string[] arguments)
    {
        string[] all = [Path.Combine(AppContext.BaseDirectory, "makapix.dll"), "virtual-chip", .. arguments];
        _process = Process.Start(new ProcessStartInfo("dotnet", all) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.None, 0);

    /// <summary>All of stderr; once it has ended.</summary>
    public string Errors => _errors.Result;

    public static async Task<ChipProcess> StartAsync(params string[] arguments)
    {
        var process = new ChipProcess(arguments);
        var line = await process._process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? "";
        Assert.StartsWith("ready socket://127.0.0.1:", line);
        process.EndPoint = IPEndPoint.Parse(line["ready socket://".Length..]);
        return process;
    }

    /// <summary>For a command line that is refused.</summary>
    public static async Task<(int ExitCode, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = new ChipProcess(arguments);
        return (await process.ExitAsync(), await process._errors);
    }

    public void Kill() => _process.Kill();

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _errors;
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
