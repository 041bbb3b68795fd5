using System;
using System.Buffers;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>SLIP framing (RFC 1055), as Espressif's loaders use it: a frame begins and ends with END.</summary>
internal static class Slip
{
    public const byte End = 0xC0;
    public const byte Escape = 0xDB;
    public const byte EscapedEnd = 0xDC;
    public const byte EscapedEscape = 0xDD;

    /// <summary>Appends <paramref name="content"/> to an open frame, escaped.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> content)
    {
        var target = output.GetSpan(content.Length * 2);
        var length = 0;
        foreach (var value in content)
        {
            if (value is End or Escape)
            {
                target[length++] = Escape;
                target[length++] = value == End ? EscapedEnd : EscapedEscape;
            }
            else
            {
                target[length++] = value;
            }
        }

        output.Advance(length);
    }

    /// <summary>Opens or closes a frame.</summary>
    public static void WriteEnd(IBufferWriter<byte> output)
    {
        output.GetSpan(1)[0] = End;
        output.Advance(1);
    }
}
