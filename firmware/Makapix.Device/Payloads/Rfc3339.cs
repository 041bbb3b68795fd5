namespace Makapix.Device.Payloads
{
    /// <summary><c>date-time</c> of RFC 3339, section 5.6, as JSON Schema's format asks for it.</summary>
    internal static class Rfc3339
    {
        /// <summary>What <see cref="Parse"/> says of a string that is no date-time.</summary>
        public const long None = long.MinValue;

        // Dates repeat after 400 years: they lift the years before 1970 into what UnixTime knows.
        private const int CycleYears = 2000;
        private const long CycleSeconds = 730485 * UnixTime.Day;

        /// <summary>Unix seconds of the string at [<paramref name="start"/>, <paramref name="end"/>), fraction dropped; <see cref="None"/> if it is no date-time.</summary>
        public static long Parse(byte[] data, int start, int end)
        {
            int at = start;
            int year = Number(data, ref at, end, 4, '-');
            int month = Number(data, ref at, end, 2, '-');
            int day = Number(data, ref at, end, 2, 't');
            int hour = Number(data, ref at, end, 2, ':');
            int minute = Number(data, ref at, end, 2, ':');
            int second = Number(data, ref at, end, 2, 0);
            bool old = year >= 0 && year < 1970;
            long time = UnixTime.FromCivil(old ? year + CycleYears : year, month, day, hour, minute, second);
            if (time < 0 || !TryOffset(data, at, end, out int offset))
            {
                return None;
            }

            // A leap second is the last of a day in UTC, and counts as the first of the next.
            time -= offset;
            return second == 60 && time % UnixTime.Day != 0 ? None : old ? time - CycleSeconds : time;
        }

        private static bool TryOffset(byte[] data, int at, int end, out int seconds)
        {
            seconds = 0;
            int c = JsonText.NextOrEnd(data, ref at, end);
            if (c == '.')
            {
                int digits = 0;
                for (c = JsonText.NextOrEnd(data, ref at, end); c >= '0' && c <= '9'; c = JsonText.NextOrEnd(data, ref at, end))
                {
                    digits++;
                }

                c = digits == 0 ? -1 : c;
            }

            if (c == 'Z' || c == 'z')
            {
                return at == end;
            }

            int hours = Number(data, ref at, end, 2, ':');
            int minutes = Number(data, ref at, end, 2, 0);
            seconds = ((hours * 60) + minutes) * (c == '-' ? -60 : 60);
            return (c == '+' || c == '-') && at == end && hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59;
        }

        /// <summary>A number of so many digits, and the separator behind it, unless that is 0; -1 if it is not there.</summary>
        private static int Number(byte[] data, ref int at, int end, int digits, int separator)
        {
            int number = 0;
            for (int i = 0; i < digits; i++)
            {
                int c = JsonText.NextOrEnd(data, ref at, end);
                if (c < '0' || c > '9')
                {
                    return -1;
                }

                number = (number * 10) + c - '0';
            }

            if (separator == 0)
            {
                return number;
            }

            // Section 5.6: the T may be lower case.
            int found = JsonText.NextOrEnd(data, ref at, end);
            return found == separator || (separator == 't' && found == 'T') ? number : -1;
        }
    }
}
