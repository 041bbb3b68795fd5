using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>Runs Espressif's real tools against a chip.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static Task<ToolRun> EsptoolAsync(LoaderServer server, params string[] arguments) => EsptoolForAsync("esp32", server, arguments);

    public static Task<ToolRun> EsptoolForAsync(string chip, LoaderServer server, params string[] arguments) =>
        RunAsync("esptool", null, ["--port", server.Port, "--before", "no_reset", "--after", "no_reset", "--chip", chip, "--no-stub", .. arguments]);

    public static Task<ToolRun> EspefuseAsync(LoaderServer server, params string[] arguments) => EspefuseAsync(server, null, arguments);

    public static Task<ToolRun> EspefuseAsync(LoaderServer server, byte[]? input, string[] arguments) =>
        RunAsync("espefuse", input, ["--port", server.Port, "--before", "no_reset", "--chip", "esp32", "--do-not-confirm", .. arguments]);

    public static async Task<ToolRun> RunAsync(string name, byte[]? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = StartOrFail(start);
        using var cancel = new System.Threading.CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(cancel.Token);
        var error = process.StandardError.ReadToEndAsync(cancel.Token);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input ?? [], cancel.Token);
            process.StandardInput.Close();
            var run = new ToolRun($"{name} {string.Join(' ', arguments)}", await output + await error);
            await process.WaitForExitAsync(cancel.Token);
            return run with { ExitCode = process.ExitCode };
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new AssertFailedException($"{name} {string.Join(' ', arguments)} did not end within {Patience.TotalSeconds} s.");
        }
    }

    private static Process StartOrFail(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new AssertFailedException($"{start.FileName} is not on PATH; run ./makapix doctor.", e);
        }
    }
}
