namespace Makapix.Device.Payloads
{
    /// <summary>
    /// Strings of a text that <see cref="JsonReader"/> has found valid, compared as the characters they mean: "value" and "\u0076alue" are one name.
    /// </summary>
    internal static class JsonText
    {
        /// <summary>Whether the string at [<paramref name="start"/>, <paramref name="end"/>) means <paramref name="text"/>, which is ASCII.</summary>
        public static bool Means(byte[] data, int start, int end, string text)
        {
            int at = start;
            for (int i = 0; i < text.Length; i++)
            {
                if (at >= end || Next(data, ref at) != text[i])
                {
                    return false;
                }
            }

            return at == end;
        }

        /// <summary>Whether two strings mean the same.</summary>
        public static bool Same(byte[] data, int start, int end, byte[] other, int otherStart, int otherEnd)
        {
            while (start < end && otherStart < otherEnd)
            {
                if (Next(data, ref start) != Next(other, ref otherStart))
                {
                    return false;
                }
            }

            return start == end && otherStart == otherEnd;
        }

        /// <summary>How many characters (code points) a string has.</summary>
        public static int Length(byte[] data, int start, int end)
        {
            int length = 0;
            while (start < end)
            {
                Next(data, ref start);
                length++;
            }

            return length;
        }

        /// <summary>Copies a string, escapes undone, if it is ASCII and fits <paramref name="into"/>; how long it is, or -1.</summary>
        public static int CopyAscii(byte[] data, int start, int end, byte[] into)
        {
            int length = 0;
            while (start < end)
            {
                int point = Next(data, ref start);
                if (point > 0x7F || length == into.Length)
                {
                    return -1;
                }

                into[length++] = (byte)point;
            }

            return length;
        }

        /// <summary>The UTF-16 code unit of the escape \uXXXX at <paramref name="at"/>, or -1 if there is none.</summary>
        public static int CodeUnit(byte[] data, int at, int end)
        {
            if (end - at < 6 || data[at] != '\\' || data[at + 1] != 'u')
            {
                return -1;
            }

            int unit = 0;
            for (int i = at + 2; i < at + 6; i++)
            {
                int digit = HexDigit(data[i]);
                if (digit < 0)
                {
                    return -1;
                }

                unit = (unit << 4) | digit;
            }

            return unit;
        }

        /// <summary>The value of a hexadecimal digit, or -1.</summary>
        public static int HexDigit(int c)
        {
            if (c >= '0' && c <= '9')
            {
                return c - '0';
            }

            int lower = c | 0x20;
            return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
        }

        /// <summary>The code point at <paramref name="at"/>, which moves past it.</summary>
        public static int Next(byte[] data, ref int at)
        {
            int first = data[at];
            if (first == '\\')
            {
                return NextEscape(data, ref at);
            }

            int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
            int point = more == 0 ? first : first & (0x3F >> more);
            for (int i = 1; i <= more; i++)
            {
                point = (point << 6) | (data[at + i] & 0x3F);
            }

            at += more + 1;
            return point;
        }

        /// <summary>The same, or -1 at the end of the string.</summary>
        public static int NextOrEnd(byte[] data, ref int at, int end) => at < end ? Next(data, ref at) : -1;

        private static int NextEscape(byte[] data, ref int at)
        {
            int kind = data[at + 1];
            if (kind != 'u')
            {
                at += 2;
                switch ((char)kind)
                {
                    case 'b': return '\b';
                    case 'f': return '\f';
                    case 'n': return '\n';
                    case 'r': return '\r';
                    case 't': return '\t';
                    default: return kind;
                }
            }

            int unit = CodeUnit(data, at, data.Length);
            at += 6;
            if (unit < 0xD800 || unit > 0xDBFF)
            {
                return unit;
            }

            int low = CodeUnit(data, at, data.Length);
            at += 6;
            return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
    }
}
