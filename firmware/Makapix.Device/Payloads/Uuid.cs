namespace Makapix.Device.Payloads
{
    /// <summary>UUIDs in the text form of RFC 9562, section 4; hexadecimal digits in either case.</summary>
    internal static class Uuid
    {
        public const int TextLength = 36;
        public const int Length = 16;

        /// <summary>Reads the UUID in the first <paramref name="length"/> bytes into <paramref name="into"/>. False if it is none.</summary>
        public static bool TryParse(byte[] data, int length, byte[] into)
        {
            if (length != TextLength)
            {
                return false;
            }

            int at = 0;
            for (int i = 0; i < Length; i++)
            {
                if ((i == 4 || i == 6 || i == 8 || i == 10) && data[at++] != '-')
                {
                    return false;
                }

                int high = JsonText.HexDigit(data[at]);
                int low = JsonText.HexDigit(data[at + 1]);
                at += 2;
                if (high < 0 || low < 0)
                {
                    return false;
                }

                into[i] = (byte)((high << 4) | low);
            }

            return true;
        }
    }
}
