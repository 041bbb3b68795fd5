namespace Makapix.Device
{
    /// <summary>Which firmware this is. Both are raised with each release.</summary>
    public static class FirmwareVersion
    {
        /// <summary>As published in <c>capabilities</c> and <c>status</c>; at most 50 characters.</summary>
        public const string Text = "0.1.0";

        /// <summary>2026-01-01T00:00:00Z, Unix seconds: this firmware is younger, so no clock that says less is right.</summary>
        public const long BuildTime = 1767225600;
    }
}
