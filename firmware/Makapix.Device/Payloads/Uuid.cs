namespace Makapix.Device.Payloads
{
    /// <summary>UUIDs in the text form of RFC 9562, section 4; hexadecimal digits in either case.</summary>
    internal static class Uuid
    {
        public const int TextLength = 36;
        public const int Length = 16;

        /// <summary>Reads the UUID that the string at [<paramref name="start"/>, <paramref name="end"/>) means. False if it is none.</summary>
        public static bool TryParse(byte[] data, int start, int end, byte[] into)
        {
            int at = start;
            for (int i = 0; i < TextLength; i++)
            {
                int c = JsonText.NextOrEnd(data, ref at, end);
                if (i == 8 || i == 13 || i == 18 || i == 23)
                {
                    if (c != '-')
                    {
                        return false;
                    }

                    continue;
                }

                int digit = JsonText.HexDigit(c);
                if (digit < 0)
                {
                    return false;
                }

                // Digits before this one: the hyphens do not count.
                int nibble = i < 8 ? i : i < 13 ? i - 1 : i < 18 ? i - 2 : i < 23 ? i - 3 : i - 4;
                into[nibble >> 1] = (byte)((nibble & 1) == 0 ? digit << 4 : into[nibble >> 1] | digit);
            }

            return at == end;
        }
    }
}
