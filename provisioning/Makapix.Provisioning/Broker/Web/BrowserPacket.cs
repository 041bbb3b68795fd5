using System;

namespace Makapix.Provisioning.Broker.Web;

/// <summary>An MQTT 3.1.1 packet from a browser.</summary>
/// <param name="First">Its first byte: type and flags.</param>
/// <param name="Body">All behind its length.</param>
internal sealed record BrowserPacket(byte First, ReadOnlyMemory<byte> Body)
{
    public const byte Connect = 0x10;
    public const byte Subscribe = 0x82;
    public const byte Unsubscribe = 0xA2;
    public const byte Ping = 0xC0;
    public const byte Disconnect = 0xE0;
}
