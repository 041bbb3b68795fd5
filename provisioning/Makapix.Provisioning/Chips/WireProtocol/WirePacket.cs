using System;
using System.Buffers.Binary;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Chips.WireProtocol;

/// <summary>
/// The two packets of nanoFramework's debug protocol that a line needs to know (nf-interpreter, <c>WireProtocol.h</c> and <c>WireProtocol_Message.c</c>): a header of 32 bytes,
/// little-endian, whose own CRC is computed with its place zero, then the payload.
/// </summary>
public static class WirePacket
{
    /// <summary>Bytes of a header.</summary>
    public const int HeaderLength = 32;

    private const int HeaderCrcOffset = 8;
    private const int PayloadCrcOffset = 12;
    private const int CommandOffset = 16;
    private const int FlagsOffset = 24;
    private const int SizeOffset = 28;

    private const uint MonitorPing = 0;
    private const uint Reply = 0x0002;
    private const uint NonCritical = 0x0001;
    private const uint NoCaching = 0x2000;
    private const uint Acknowledged = 0x8000;

    private const uint FromNanoClr = 0x0001_0000;
    private const uint FromHost = 0x0001_0002;
    private const uint SupportsCrc32 = 0x10;
    private const uint PacketSize1024 = 0x100;

    /// <summary>How every packet begins; the eighth byte of the field is its NUL.</summary>
    internal static ReadOnlySpan<byte> Marker => "NFPKTV1"u8;

    /// <summary>How a debugger is announced at boot.</summary>
    internal static ReadOnlySpan<byte> DebuggerMarker => "NFDBGV1"u8;

    /// <summary>Monitor_Ping, as the debugger of Visual Studio sends it.</summary>
    public static byte[] Ping() => Create(NoCaching, FromHost, 0);

    /// <summary>What a nanoCLR says to it.</summary>
    public static byte[] PingReply() => Create(Reply | NonCritical | NoCaching | Acknowledged, FromNanoClr, SupportsCrc32 | PacketSize1024);

    private static byte[] Create(uint flags, uint source, uint sourceFlags)
    {
        var packet = new byte[HeaderLength + (2 * sizeof(uint))];
        var payload = packet.AsSpan(HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(payload, source);
        BinaryPrimitives.WriteUInt32LittleEndian(payload[sizeof(uint)..], sourceFlags);
        Marker.CopyTo(packet);
        Write(packet, PayloadCrcOffset, Crc32.NanoClr(payload));
        Write(packet, CommandOffset, MonitorPing);
        Write(packet, FlagsOffset, flags);
        Write(packet, SizeOffset, (uint)payload.Length);
        Write(packet, HeaderCrcOffset, Crc32.NanoClr(packet.AsSpan(0, HeaderLength)));
        return packet;
    }

    private static void Write(byte[] packet, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(offset), value);
}
