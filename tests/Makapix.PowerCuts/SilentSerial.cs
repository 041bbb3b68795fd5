using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips.Serial;

namespace Makapix.PowerCuts;

/// <summary>The serial line of a device that says nothing.</summary>
internal sealed class SilentSerial : ISerialLine
{
    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => Task.CompletedTask;

    public async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        await Task.Delay(Timeout.Infinite, cancel);
        return 0;
    }

    public ValueTask DisposeAsync() => default;
}
