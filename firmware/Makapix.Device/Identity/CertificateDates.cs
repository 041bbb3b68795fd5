namespace Makapix.Device.Identity
{
    /// <summary>Reads the validity of a certificate (RFC 5280, section 4.1.2.5): nanoFramework's X509Certificate does so only on a device.</summary>
    internal static class CertificateDates
    {
        /// <summary>notAfter of the first certificate in <paramref name="der"/>, Unix seconds; -1 if it cannot be read.</summary>
        public static long NotAfter(byte[] der)
        {
            if (!Der.TryEnter(der, 0, der.Length, Der.Sequence, out int certificate, out int certificateEnd)
                || !Der.TryEnter(der, certificate, certificateEnd, Der.Sequence, out int at, out int end))
            {
                return -1;
            }

            // TBSCertificate: [0] version, serialNumber, signature, issuer, validity.
            return Skip(der, ref at, end, Der.Explicit0) && Skip(der, ref at, end, Der.Integer) && Skip(der, ref at, end, Der.Sequence) && Skip(der, ref at, end, Der.Sequence)
                && Der.TryEnter(der, at, end, Der.Sequence, out int validity, out int validityEnd)
                && SkipTime(der, ref validity, validityEnd)
                ? Time(der, validity, validityEnd)
                : -1;
        }

        private static bool Skip(byte[] der, ref int at, int limit, byte tag)
        {
            bool found = Der.TryEnter(der, at, limit, tag, out _, out int end);
            at = end;
            return found;
        }

        private static bool SkipTime(byte[] der, ref int at, int limit)
        {
            if (!Der.TryEnter(der, at, limit, Der.UtcTime, out _, out int end) && !Der.TryEnter(der, at, limit, Der.GeneralizedTime, out _, out end))
            {
                return false;
            }

            at = end;
            return true;
        }

        private static long Time(byte[] der, int at, int limit)
        {
            bool isUtcTime = Der.TryEnter(der, at, limit, Der.UtcTime, out int content, out int end);
            if (!isUtcTime && !Der.TryEnter(der, at, limit, Der.GeneralizedTime, out content, out end))
            {
                return -1;
            }

            // YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ.
            int yearDigits = isUtcTime ? 2 : 4;
            if (end - content != yearDigits + 11 || der[end - 1] != 'Z')
            {
                return -1;
            }

            int year = Number(der, content, yearDigits);
            if (isUtcTime)
            {
                year += year >= 50 ? 1900 : 2000;
            }

            content += yearDigits;
            return UnixTime.FromCivil(
                year, Number(der, content, 2), Number(der, content + 2, 2), Number(der, content + 4, 2), Number(der, content + 6, 2), Number(der, content + 8, 2));
        }

        private static int Number(byte[] data, int at, int digits)
        {
            int number = 0;
            for (int i = at; i < at + digits; i++)
            {
                if (data[i] < '0' || data[i] > '9')
                {
                    return -1;
                }

                number = (number * 10) + data[i] - '0';
            }

            return number;
        }
    }
}
