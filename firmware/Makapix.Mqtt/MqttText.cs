namespace Makapix.Mqtt
{
    /// <summary>
    /// UTF-8 as MQTT wants it (1.5.3): well-formed, without surrogates and U+0000; and the topic rules of 4.7. Own code, since platforms replace what is
    /// ill-formed without a word, so that two different byte strings would become one topic. What the device itself sends is ASCII: on nanoCLR a character
    /// past U+FFFF indexes as its high surrogate twice, and is refused here.
    /// </summary>
    internal static class MqttText
    {
        /// <summary>Longest string, by its two-byte length prefix.</summary>
        public const int MaxBytes = 65535;

        /// <summary>Bytes of <paramref name="text"/> in UTF-8; -1 if it is over 65535, holds U+0000 or is no well-formed UTF-16.</summary>
        public static int Utf8Length(string text)
        {
            int bytes = 0;
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (c == 0 || bytes > MaxBytes)
                {
                    return -1;
                }

                if (c < 0x80)
                {
                    bytes += 1;
                }
                else if (c < 0x800)
                {
                    bytes += 2;
                }
                else if (c < 0xD800 || c > 0xDFFF)
                {
                    bytes += 3;
                }
                else if (c < 0xDC00 && i + 1 < text.Length && text[i + 1] >= 0xDC00 && text[i + 1] <= 0xDFFF)
                {
                    bytes += 4;
                    i++;
                }
                else
                {
                    return -1;
                }
            }

            return bytes > MaxBytes ? -1 : bytes;
        }

        /// <summary>Writes text that <see cref="Utf8Length"/> passed. Returns the offset behind it.</summary>
        public static int Write(string text, byte[] buffer, int offset)
        {
            for (int i = 0; i < text.Length; i++)
            {
                int c = text[i];
                if (c < 0x80)
                {
                    buffer[offset++] = (byte)c;
                    continue;
                }

                if (c < 0x800)
                {
                    buffer[offset++] = (byte)(0xC0 | (c >> 6));
                }
                else
                {
                    if (c >= 0xD800 && c <= 0xDBFF)
                    {
                        c = 0x10000 + ((c - 0xD800) << 10) + (text[++i] - 0xDC00);
                        buffer[offset++] = (byte)(0xF0 | (c >> 18));
                        buffer[offset++] = (byte)(0x80 | ((c >> 12) & 0x3F));
                    }
                    else
                    {
                        buffer[offset++] = (byte)(0xE0 | (c >> 12));
                    }

                    buffer[offset++] = (byte)(0x80 | ((c >> 6) & 0x3F));
                }

                buffer[offset++] = (byte)(0x80 | (c & 0x3F));
            }

            return offset;
        }

        /// <summary>Whether the bytes are well-formed UTF-8 without U+0000 (Unicode 3.9, table 3-7: no overlong form, no surrogate, nothing over U+10FFFF).</summary>
        public static bool IsWellFormed(byte[] bytes, int count)
        {
            int i = 0;
            while (i < count)
            {
                int lead = bytes[i++];
                if (lead == 0 || (lead >= 0x80 && lead < 0xC2) || lead > 0xF4)
                {
                    return false;
                }

                int more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
                int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
                int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
                for (; more > 0; more--)
                {
                    if (i >= count || bytes[i] < low || bytes[i] > high)
                    {
                        return false;
                    }

                    i++;
                    low = 0x80;
                    high = 0xBF;
                }
            }

            return true;
        }

        /// <summary>Whether the bytes hold <c>+</c> or <c>#</c>.</summary>
        public static bool HasWildcard(byte[] bytes, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (bytes[i] == '+' || bytes[i] == '#')
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>A topic that can be published to (4.7.1, 4.7.3).</summary>
        public static bool IsTopic(string topic)
        {
            return Utf8Length(topic) > 0 && topic.IndexOf('+') < 0 && topic.IndexOf('#') < 0;
        }

        /// <summary>A filter that can be subscribed to: <c>+</c> fills a level, <c>#</c> the last one (4.7.1.2, 4.7.1.3).</summary>
        public static bool IsFilter(string filter)
        {
            if (Utf8Length(filter) < 1)
            {
                return false;
            }

            for (int i = 0; i < filter.Length; i++)
            {
                bool fillsLevel = (i == 0 || filter[i - 1] == '/') && (i + 1 == filter.Length || filter[i + 1] == '/');
                if ((filter[i] == '+' && !fillsLevel) || (filter[i] == '#' && !(fillsLevel && i + 1 == filter.Length)))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
