namespace Makapix.Device.Payloads
{
    /// <summary>
    /// JSON Schema's <c>integer</c>: a number without a fraction, however it is written (1, 1.0 and 10e-1 are one). Exact, without double: a double
    /// would round what it cannot hold to something in range.
    /// </summary>
    internal static class JsonNumber
    {
        private const int MaxExponent = 100000;
        private const int Int32Digits = 10;

        /// <summary>Reads the number at [<paramref name="start"/>, <paramref name="end"/>). False if it has a fraction or does not fit an Int32.</summary>
        public static bool TryInt32(byte[] data, int start, int end, out int value)
        {
            value = 0;
            bool negative = data[start] == '-';
            int at = negative ? start + 1 : start;

            // Significant digits, and the power of ten that the last of them stands at.
            long digits = 0;
            int count = 0;
            int exponent = 0;
            int zeros = 0;
            bool fraction = false;
            for (; at < end && data[at] != 'e' && data[at] != 'E'; at++)
            {
                if (data[at] == '.')
                {
                    fraction = true;
                    continue;
                }

                exponent -= fraction ? 1 : 0;
                if (data[at] == '0')
                {
                    // Held back: trailing zeros only move the power of ten.
                    zeros++;
                    continue;
                }

                for (; count > 0 && zeros > 0 && count <= Int32Digits; zeros--)
                {
                    digits *= 10;
                    count++;
                }

                zeros = 0;
                if (count <= Int32Digits)
                {
                    digits = (digits * 10) + data[at] - '0';
                }

                count++;
            }

            if (count == 0)
            {
                return true;
            }

            exponent += zeros + Exponent(data, at, end);
            if (exponent < 0 || count + exponent > Int32Digits)
            {
                return false;
            }

            for (; exponent > 0; exponent--)
            {
                digits *= 10;
            }

            digits = negative ? -digits : digits;
            value = (int)digits;
            return digits >= int.MinValue && digits <= int.MaxValue;
        }

        /// <summary>The exponent part, saturated: no payload is long enough to bring it back.</summary>
        private static int Exponent(byte[] data, int at, int end)
        {
            if (at >= end)
            {
                return 0;
            }

            at++;
            bool negative = data[at] == '-';
            if (negative || data[at] == '+')
            {
                at++;
            }

            int exponent = 0;
            for (; at < end; at++)
            {
                exponent = (exponent * 10) + data[at] - '0';
                exponent = exponent > MaxExponent ? MaxExponent : exponent;
            }

            return negative ? -exponent : exponent;
        }
    }
}
