using System;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>Times of entries that may hold any number: somebody had the database in hands.</summary>
internal static class EntryTime
{
    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Whether there is such a time.</summary>
    /// <param name="at">Milliseconds since 1970, UTC.</param>
    public static bool Exists(long at) => at >= First && at <= Last;

    /// <summary>That time, or the nearest that there is.</summary>
    /// <param name="at">Milliseconds since 1970, UTC.</param>
    public static DateTimeOffset Nearest(long at) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(at, First, Last));
}
