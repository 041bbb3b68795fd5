namespace Makapix.Device
{
    /// <summary>Which firmware this is.</summary>
    public static class FirmwareVersion
    {
        /// <summary>As published in <c>capabilities</c> and <c>status</c>; at most 50 characters.</summary>
        public const string Text = "0.1.0";

        /// <summary>Unix seconds at which this version was released (2026-08-01T00:00:00Z): no true clock is earlier, so none is believed.</summary>
        public const long ReleasedAt = 1785542400;
    }
}
