using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips.Serial;

namespace Makapix.Provisioning.Tests.Line.FirstBoots;

/// <summary>The serial line of a board that is silent, or answers each write with the same.</summary>
internal sealed class ScriptedLine(byte[]? answer = null) : ISerialLine
{
    private bool _asked;

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        _asked = true;
        return Task.CompletedTask;
    }

    public async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        if (answer is not null && _asked)
        {
            _asked = false;
            answer.CopyTo(buffer);
            return answer.Length;
        }

        await Task.Delay(Timeout.Infinite, cancel);
        return 0;
    }

    public ValueTask DisposeAsync() => default;
}
