using System;
using System.Threading.Tasks;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary>A <c>makapix virtual-chip</c> in the background.</summary>
internal sealed class ChipOnPort : IAsyncDisposable
{
    private readonly CliProcess _process;

    private ChipOnPort(CliProcess process, string port)
    {
        _process = process;
        Port = port;
    }

    /// <summary>As <c>--port</c> takes it.</summary>
    public string Port { get; }

    public static async Task<ChipOnPort> StartAsync(string state, params string[] more)
    {
        var process = Shell.Start(["virtual-chip", "--listen", "127.0.0.1:0", "--state", state, .. more]);
        return new ChipOnPort(process, (await process.OutputAsync("ready "))["ready ".Length..]);
    }

    /// <summary>Ctrl-C.</summary>
    public async Task<CliRun> StopAsync()
    {
        await _process.InterruptAsync();
        return await _process.ExitAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
