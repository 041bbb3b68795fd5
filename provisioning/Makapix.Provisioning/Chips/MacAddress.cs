using System;
using System.Globalization;

namespace Makapix.Provisioning.Chips;

/// <summary>The base MAC address that Espressif burned into a chip: its name until it has a device id.</summary>
/// <param name="Value">48 bits, the first byte on top.</param>
public readonly record struct MacAddress(ulong Value)
{
    private const int Bytes = 6;
    private const int TextLength = (Bytes * 3) - 1;

    /// <summary>Reads <c>aa:bb:cc:dd:ee:ff</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MacAddress mac)
    {
        mac = default;
        if (text.Length != TextLength)
        {
            return false;
        }

        ulong value = 0;
        for (var i = 0; i < Bytes; i++)
        {
            if (!byte.TryParse(text.Slice(i * 3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var part)
                || (i < Bytes - 1 && text[(i * 3) + 2] != ':'))
            {
                return false;
            }

            value = (value << 8) | part;
        }

        mac = new MacAddress(value);
        return true;
    }

    /// <summary><c>aa:bb:cc:dd:ee:ff</c>.</summary>
    public override string ToString() => Join(':');

    /// <summary><c>aa-bb-cc-dd-ee-ff</c>: Windows allows no colon in a file name.</summary>
    public string ToFileName() => Join('-');

    private string Join(char separator)
    {
        var value = Value;
        return string.Create(TextLength, (value, separator), static (text, state) =>
        {
            for (var i = 0; i < Bytes; i++)
            {
                ((byte)(state.value >> (8 * (Bytes - 1 - i)))).TryFormat(text[(i * 3)..], out _, "x2", CultureInfo.InvariantCulture);
                if (i < Bytes - 1)
                {
                    text[(i * 3) + 2] = state.separator;
                }
            }
        });
    }
}
