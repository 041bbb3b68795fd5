namespace Makapix.Device.Identity
{
    /// <summary>CRC-32/ISO-HDLC (zlib's). Bit by bit: it runs once per boot over at most 4 KB, and a table would cost 1 KB of heap.</summary>
    internal static class Crc32
    {
        private const uint Polynomial = 0xEDB88320;

        public static uint Compute(byte[] data, int offset, int length)
        {
            uint crc = 0xFFFFFFFF;
            for (int i = offset; i < offset + length; i++)
            {
                crc ^= data[i];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
                }
            }

            return crc ^ 0xFFFFFFFF;
        }
    }
}
