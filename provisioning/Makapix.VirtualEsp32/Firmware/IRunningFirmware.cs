using System;

namespace Makapix.VirtualEsp32.Firmware;

/// <summary>Firmware from one reset to the next; disposing it is the reset.</summary>
public interface IRunningFirmware : IAsyncDisposable
{
    /// <summary>Takes what came over the serial line.</summary>
    /// <returns>What it answers; empty for silence.</returns>
    ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> bytes);
}
