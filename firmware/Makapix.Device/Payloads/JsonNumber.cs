namespace Makapix.Device.Payloads
{
    /// <summary>
    /// A number of a text that <see cref="JsonReader"/> has found valid, taken as the decimal that it is: 1, 1.0 and 10e-1 are one number, and it may
    /// have thousands of digits. Nothing is converted to double, which would round what it cannot hold to something in range. One instance is used again and again.
    /// </summary>
    internal sealed class JsonNumber
    {
        // No payload is long enough to bring an exponent back from here.
        private const int MaxExponent = 1000000;
        private const int Int32Digits = 10;

        // 10^31 is a multiple of all that powers of ten can contribute to a divisor of 31 bits: further zeros change nothing.
        private const int UsefulZeros = 31;

        private byte[] _data = new byte[0];
        private int _first; // first and last digit that is not 0
        private int _last;
        private int _sign;
        private int _magnitude; // the value is 0.d1d2… times 10 to this
        private int _power; // and the last of these digits stands at 10 to this

        /// <summary>JSON Schema's <c>integer</c>: a number without a fraction, however it is written.</summary>
        public bool IsInteger => _sign == 0 || _power >= 0;

        /// <summary>Takes the number at [<paramref name="start"/>, <paramref name="end"/>).</summary>
        public void Parse(byte[] data, int start, int end)
        {
            _data = data;
            bool negative = data[start] == '-';
            int at = negative ? start + 1 : start;
            int digits = 0;
            int whole = -1;
            int firstDigit = 0;
            int lastDigit = 0;
            for (; at < end && data[at] != 'e' && data[at] != 'E'; at++)
            {
                if (data[at] == '.')
                {
                    whole = digits;
                    continue;
                }

                digits++;
                if (data[at] != '0')
                {
                    _first = firstDigit == 0 ? at : _first;
                    firstDigit = firstDigit == 0 ? digits : firstDigit;
                    _last = at;
                    lastDigit = digits;
                }
            }

            whole = whole < 0 ? digits : whole;
            int exponent = Exponent(data, at, end);
            _sign = firstDigit == 0 ? 0 : negative ? -1 : 1;
            _magnitude = whole - firstDigit + 1 + exponent;
            _power = whole - lastDigit + exponent;
        }

        /// <summary>Less than 0, 0 or greater than 0, as this number is less than, equal to or greater than the other.</summary>
        public int CompareTo(JsonNumber other)
        {
            if (_sign != other._sign || _sign == 0)
            {
                return _sign - other._sign;
            }

            if (_magnitude != other._magnitude)
            {
                return _magnitude < other._magnitude ? -_sign : _sign;
            }

            int at = _first;
            int otherAt = other._first;
            while (at <= _last && otherAt <= other._last)
            {
                int difference = Digit(ref at) - other.Digit(ref otherAt);
                if (difference != 0)
                {
                    return difference * _sign;
                }
            }

            // The one that has digits left has one that is not 0 among them.
            return at <= _last ? _sign : otherAt <= other._last ? -_sign : 0;
        }

        /// <summary>Whether it is an integer and a multiple of <paramref name="divisor"/>, which is greater than 0.</summary>
        public bool IsMultipleOf(int divisor)
        {
            if (!IsInteger)
            {
                return false;
            }

            long remainder = 0;
            if (_sign != 0)
            {
                for (int at = _first; at <= _last;)
                {
                    remainder = ((remainder * 10) + Digit(ref at)) % divisor;
                }

                for (int zeros = _power < UsefulZeros ? _power : UsefulZeros; zeros > 0; zeros--)
                {
                    remainder = remainder * 10 % divisor;
                }
            }

            return remainder == 0;
        }

        /// <summary>Its value; false if it has a fraction or does not fit.</summary>
        public bool TryInt32(out int value)
        {
            value = 0;
            if (_sign == 0)
            {
                return true;
            }

            if (!IsInteger || _magnitude > Int32Digits)
            {
                return false;
            }

            long digits = 0;
            for (int at = _first; at <= _last;)
            {
                digits = (digits * 10) + Digit(ref at);
            }

            for (int zeros = _power; zeros > 0; zeros--)
            {
                digits *= 10;
            }

            digits *= _sign;
            value = (int)digits;
            return digits >= int.MinValue && digits <= int.MaxValue;
        }

        private int Digit(ref int at)
        {
            if (_data[at] == '.')
            {
                at++;
            }

            return _data[at++] - '0';
        }

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
