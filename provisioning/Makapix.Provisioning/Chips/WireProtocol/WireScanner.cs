using System;

namespace Makapix.Provisioning.Chips.WireProtocol;

/// <summary>
/// Hears whether somebody speaks the debug protocol, amid whatever else a serial line brings: by the marker that begins each of its packets, also one that says that ours was bad.
/// Memory is one marker.
/// </summary>
public sealed class WireScanner
{
    private int _packet;
    private int _debugger;

    /// <summary>Takes bytes as they come.</summary>
    /// <returns>Whether a marker ended in them.</returns>
    public bool Feed(ReadOnlySpan<byte> bytes)
    {
        var heard = false;
        foreach (var value in bytes)
        {
            heard |= Advance(ref _packet, WirePacket.Marker, value) | Advance(ref _debugger, WirePacket.DebuggerMarker, value);
        }

        return heard;
    }

    // The first character of a marker is nowhere else in it: what breaks one can only begin another.
    private static bool Advance(ref int matched, ReadOnlySpan<byte> marker, byte value)
    {
        matched = value == marker[matched] ? matched + 1 : value == marker[0] ? 1 : 0;
        if (matched < marker.Length)
        {
            return false;
        }

        matched = 0;
        return true;
    }
}
