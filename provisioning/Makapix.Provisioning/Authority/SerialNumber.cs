using System;
using System.Linq;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Authority;

/// <summary>Serial numbers (RFC 5280, 4.1.2.2): positive, at most 20 octets, and not to be guessed.</summary>
internal static class SerialNumber
{
    public const int Length = 16;
    public const int MaxLength = 20;

    /// <summary>126 random bits: the first two are 01, so that the number is positive and always has the same length.</summary>
    public static byte[] Create(RandomNumberGenerator source)
    {
        var serial = new byte[Length];
        source.GetBytes(serial);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }

    /// <summary>As the index and openssl spell it: upper-case hexadecimal.</summary>
    public static string ToText(ReadOnlySpan<byte> serial) => Convert.ToHexString(serial);

    /// <summary>Reads back what <see cref="ToText"/> made of <see cref="Create"/>'s, and nothing else.</summary>
    public static bool TryParse(string text, out byte[] serial)
    {
        serial = new byte[Length];
        return Convert.FromHexString(text, serial, out var consumed, out var written) == System.Buffers.OperationStatus.Done
            && consumed == text.Length
            && written == Length
            && serial[0] >> 6 == 1
            && ToText(serial) == text;
    }

    /// <summary>The same spelling from what a person copied: any case, colons or blanks between.</summary>
    public static string Normalize(string text) => string.Concat(text.Where(char.IsAsciiHexDigit)).ToUpperInvariant();
}
