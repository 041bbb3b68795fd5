using System;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips.WireProtocol;

namespace Makapix.VirtualEsp32.Firmware;

/// <summary>A nanoCLR as its developers ship it: what it runs, and the debug protocol beside it. A line that takes such a chip for a hardened one is wrong.</summary>
/// <param name="inner">What runs.</param>
public sealed class WireProtocolFirmware(IVirtualFirmware inner) : IVirtualFirmware
{
    /// <inheritdoc/>
    public IRunningFirmware Start(ReadOnlyMemory<byte> identityBlob) => new Answering(inner.Start(identityBlob));

    private sealed class Answering(IRunningFirmware inner) : IRunningFirmware
    {
        private readonly WireScanner _scanner = new();

        public ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> bytes) => _scanner.Feed(bytes) ? WirePacket.PingReply() : inner.Receive(bytes);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
