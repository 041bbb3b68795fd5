using System;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>When something ends.</summary>
/// <param name="Ends">The time, UTC.</param>
/// <param name="DaysLeft">Whole days until then; below zero when it is past.</param>
public sealed record KitEnd(DateTimeOffset Ends, int DaysLeft)
{
    internal static KitEnd Of(DateTimeOffset ends, DateTimeOffset now) => new(ends, (int)Math.Floor((ends - now).TotalDays));
}
