using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Firmware;

namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>Firmware that remembers what it was handed, and answers each byte with the next one.</summary>
internal sealed class TestFirmware : IVirtualFirmware
{
    private int _running;

    public List<byte[]> Identities { get; } = [];

    public ConcurrentQueue<string> Log { get; } = new();

    public bool Runs => _running > 0;

    public IRunningFirmware Start(ReadOnlyMemory<byte> identityBlob)
    {
        Identities.Add(identityBlob.ToArray());
        _running++;
        return new Running(this);
    }

    private sealed class Running(TestFirmware firmware) : IRunningFirmware
    {
        public ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> bytes) => bytes.ToArray().Select(value => (byte)(value + 1)).ToArray();

        public ValueTask DisposeAsync()
        {
            firmware._running--;
            return default;
        }
    }
}
