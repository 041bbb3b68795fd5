namespace Makapix.Device
{
    /// <summary>Civil dates of UTC as Unix seconds, without DateTime: nanoFramework's begins in 1601 and throws before it.</summary>
    public static class UnixTime
    {
        /// <summary>Seconds of a minute, an hour and a day.</summary>
        public const long Minute = 60, Hour = 60 * Minute, Day = 24 * Hour;

        /// <summary>Unix seconds of a date and time in UTC, or -1 if there is no such date in the years 1970 to 9999. Second 60 is the next minute's first.</summary>
        public static long FromCivil(int year, int month, int day, int hour, int minute, int second)
        {
            if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > DaysIn(year, month)
                || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
            {
                return -1;
            }

            // Years that begin in March put the leap day last: the days before a month are then a linear formula.
            int shifted = month > 2 ? year : year - 1;
            int monthFromMarch = month > 2 ? month - 3 : month + 9;
            long days = (365L * shifted) + (shifted / 4) - (shifted / 100) + (shifted / 400) + (((153 * monthFromMarch) + 2) / 5) + day - 1;
            return ((days - 719468) * Day) + (hour * Hour) + (minute * Minute) + second;
        }

        private static int DaysIn(int year, int month)
        {
            if (month == 2)
            {
                return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
            }

            return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        }
    }
}
