namespace Makapix.Device.Identity
{
    /// <summary>As much DER (X.690) as it takes to walk a certificate: definite, minimal lengths and one-byte tags.</summary>
    internal static class Der
    {
        public const byte Integer = 0x02;
        public const byte UtcTime = 0x17;
        public const byte GeneralizedTime = 0x18;
        public const byte Sequence = 0x30;
        public const byte Explicit0 = 0xA0;

        /// <summary>Where the content of the element with <paramref name="tag"/> at <paramref name="at"/> begins and ends. False if it is not there, or does not fit below <paramref name="limit"/>.</summary>
        public static bool TryEnter(byte[] data, int at, int limit, byte tag, out int content, out int end)
        {
            content = 0;
            end = 0;
            if (limit - at < 2 || data[at] != tag)
            {
                return false;
            }

            int length = data[at + 1];
            content = at + 2;
            if (length > 0x82 || length == 0x80)
            {
                return false;
            }

            if (length > 0x80)
            {
                int bytes = length - 0x80;
                if (limit - content < bytes)
                {
                    return false;
                }

                length = bytes == 1 ? data[content] : (data[content] << 8) | data[content + 1];
                content += bytes;
                if (length < (bytes == 1 ? 0x80 : 0x100))
                {
                    return false;
                }
            }

            end = content + length;
            return length <= limit - content;
        }

        /// <summary>How many SEQUENCEs stand one after another in <paramref name="data"/>, or -1 if anything else does.</summary>
        public static int CountElements(byte[] data)
        {
            int count = 0;
            for (int at = 0; at < data.Length; count++)
            {
                if (!TryEnter(data, at, data.Length, Sequence, out _, out at))
                {
                    return -1;
                }
            }

            return count;
        }
    }
}
