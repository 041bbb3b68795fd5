namespace Makapix.Device.Identity
{
    /// <summary>
    /// Certificates as mbedTLS wants several of them: PEM that ends in NUL, since from DER it reads the first only. Base64 is our own:
    /// it writes bytes, so that no string of the same length is left on the heap.
    /// </summary>
    public static class Pem
    {
        private const string Head = "-----BEGIN CERTIFICATE-----\n";
        private const string Foot = "-----END CERTIFICATE-----\n";
        private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        private const int BytesPerLine = 48;

        /// <summary>One PEM block for each certificate in <paramref name="der"/> (DER, concatenated), and a NUL after the last.</summary>
        /// <returns>The text, or an empty array if <paramref name="der"/> is not a row of DER SEQUENCEs.</returns>
        public static byte[] FromCertificates(byte[] der)
        {
            if (Der.CountElements(der) < 1)
            {
                return new byte[0];
            }

            // Once to count, once to write.
            byte[] text = new byte[Write(der, null) + 1];
            Write(der, text);
            return text;
        }

        private static int Write(byte[] der, byte[]? text)
        {
            int written = 0;
            for (int at = 0; at < der.Length;)
            {
                Der.TryEnter(der, at, der.Length, Der.Sequence, out _, out int end);
                written = Put(text, written, Head);
                for (int line = at; line < end; line += BytesPerLine)
                {
                    int length = end - line < BytesPerLine ? end - line : BytesPerLine;
                    written = PutLine(text, written, der, line, length);
                }

                written = Put(text, written, Foot);
                at = end;
            }

            return written;
        }

        private static int Put(byte[]? text, int written, string part)
        {
            for (int i = 0; i < part.Length; i++)
            {
                Put(text, written++, part[i]);
            }

            return written;
        }

        private static int PutLine(byte[]? text, int written, byte[] der, int at, int length)
        {
            for (int i = 0; i < length; i += 3)
            {
                int rest = length - i;
                int bits = (der[at + i] << 16) | (rest > 1 ? der[at + i + 1] << 8 : 0) | (rest > 2 ? der[at + i + 2] : 0);
                Put(text, written++, Alphabet[bits >> 18]);
                Put(text, written++, Alphabet[(bits >> 12) & 63]);
                Put(text, written++, rest > 1 ? Alphabet[(bits >> 6) & 63] : '=');
                Put(text, written++, rest > 2 ? Alphabet[bits & 63] : '=');
            }

            Put(text, written++, '\n');
            return written;
        }

        private static void Put(byte[]? text, int at, char c)
        {
            if (text != null)
            {
                text[at] = (byte)c;
            }
        }
    }
}
