using System;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Chips.Serial;

/// <summary>The serial line of a board that runs.</summary>
public interface ISerialLine : IAsyncDisposable
{
    /// <summary>Sends.</summary>
    /// <exception cref="ChipException">018: the line is gone.</exception>
    Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Waits for the next bytes.</summary>
    /// <returns>How many came, at least one.</returns>
    /// <exception cref="ChipException">018: the line is gone.</exception>
    Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel);
}
