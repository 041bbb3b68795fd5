using System.Text;

namespace Makapix.Device.NanoTests
{
    /// <summary>An identity blob after the format's table, whose certificates and key are nothing but well-formed DER: there is no secret in it.</summary>
    public static class SyntheticBlob
    {
        public const string DeviceId = "00112233-4455-6677-8899-aabbccddeeff";
        public const long IssuedAt = 1790000000;

        /// <summary>2036-09-18T14:13:20Z.</summary>
        public const long NotAfter = 2105360000;

        // Certificate { TBSCertificate { [0] version, serialNumber, signature, issuer, validity { 260921141320Z, 360918141320Z } } }
        private static readonly byte[] Certificate = new byte[]
        {
            0x30, 0x30, 0x30, 0x2E,
            0xA0, 0x03, 0x02, 0x01, 0x02, 0x02, 0x01, 0x01, 0x30, 0x02, 0x05, 0x00, 0x30, 0x00,
            0x30, 0x1E,
            0x17, 0x0D, 0x32, 0x36, 0x30, 0x39, 0x32, 0x31, 0x31, 0x34, 0x31, 0x33, 0x32, 0x30, 0x5A,
            0x17, 0x0D, 0x33, 0x36, 0x30, 0x39, 0x31, 0x38, 0x31, 0x34, 0x31, 0x33, 0x32, 0x30, 0x5A,
        };

        private static readonly byte[] NoKey = new byte[] { 0x30, 0x03, 0x02, 0x01, 0x01 };

        public static byte[] Build()
        {
            byte[] id = new byte[16];
            for (int i = 0; i < id.Length; i++)
            {
                id[i] = (byte)(i * 0x11);
            }

            byte[] issued = new byte[8];
            for (int i = 0; i < issued.Length; i++)
            {
                issued[i] = (byte)(IssuedAt >> (8 * i));
            }

            byte[] blob = new byte[4096];
            for (int i = 0; i < blob.Length; i++)
            {
                blob[i] = 0xFF;
            }

            Encoding.UTF8.GetBytes("MKPXIDENT").CopyTo(blob, 0);
            blob[9] = 0;
            blob[10] = 1;
            int at = 13;
            at = Add(blob, at, 1, id);
            at = Add(blob, at, 2, Encoding.UTF8.GetBytes("broker.example"));
            at = Add(blob, at, 3, new byte[] { 0xB3, 0x22 });
            at = Add(blob, at, 4, Certificate);
            at = Add(blob, at, 5, Certificate);
            at = Add(blob, at, 6, NoKey);
            at = Add(blob, at, 7, issued);
            at = Add(blob, at, 8, Encoding.UTF8.GetBytes("makapix/player/" + DeviceId));
            Seal(blob, at);
            return blob;
        }

        /// <summary>Writes length and checksum of an area that ends at <paramref name="end"/>.</summary>
        public static void Seal(byte[] blob, int end)
        {
            blob[11] = (byte)(end - 13);
            blob[12] = (byte)((end - 13) >> 8);
            uint crc = 0xFFFFFFFF;
            for (int i = 0; i < end; i++)
            {
                crc ^= blob[i];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
                }
            }

            for (int i = 0; i < 4; i++)
            {
                blob[end + i] = (byte)(~crc >> (8 * i));
            }
        }

        private static int Add(byte[] blob, int at, int type, byte[] value)
        {
            blob[at] = (byte)type;
            blob[at + 1] = (byte)value.Length;
            blob[at + 2] = (byte)(value.Length >> 8);
            value.CopyTo(blob, at + 3);
            return at + 3 + value.Length;
        }
    }
}
