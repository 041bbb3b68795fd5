namespace Makapix.Device.Payloads
{
    /// <summary><c>date-time</c> of RFC 3339, section 5.6, as JSON Schema's format asks for it.</summary>
    internal static class Rfc3339
    {
        private const int Shortest = 20; // 2026-08-01T00:00:00Z

        /// <summary>Unix seconds of the date-time in the first <paramref name="length"/> bytes, fraction dropped; -1 if it is none.</summary>
        public static long Parse(byte[] data, int length)
        {
            if (length < Shortest || data[4] != '-' || data[7] != '-' || (data[10] | 0x20) != 't'
                || data[13] != ':' || data[16] != ':')
            {
                return -1;
            }

            int second = Number(data, 17, 2);
            long time = UnixTime.FromCivil(
                Number(data, 0, 4), Number(data, 5, 2), Number(data, 8, 2), Number(data, 11, 2), Number(data, 14, 2), second);
            int at = SkipFraction(data, 19, length);
            if (time < 0 || at < 0 || !TryOffset(data, at, length, out int offset))
            {
                return -1;
            }

            // A leap second is the last of a day in UTC, and counts as the first of the next.
            time -= offset;
            return second == 60 && time % UnixTime.Day != 0 ? -1 : time;
        }

        private static int SkipFraction(byte[] data, int at, int end)
        {
            if (data[at] != '.')
            {
                return at;
            }

            int first = ++at;
            while (at < end && data[at] >= '0' && data[at] <= '9')
            {
                at++;
            }

            return at > first ? at : -1;
        }

        private static bool TryOffset(byte[] data, int at, int end, out int seconds)
        {
            seconds = 0;
            if (end - at == 1)
            {
                return (data[at] | 0x20) == 'z';
            }

            if (end - at != 6 || (data[at] != '+' && data[at] != '-') || data[at + 3] != ':')
            {
                return false;
            }

            int hours = Number(data, at + 1, 2);
            int minutes = Number(data, at + 4, 2);
            seconds = ((hours * 60) + minutes) * (data[at] == '-' ? -60 : 60);
            return hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59;
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
