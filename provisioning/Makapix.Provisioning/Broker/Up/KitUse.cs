namespace Makapix.Provisioning.Broker.Up;

/// <summary>How much of a limit is used.</summary>
/// <param name="Now">As it is now; null where it cannot be had.</param>
/// <param name="Limit">The limit.</param>
public sealed record KitUse(long? Now, long Limit);
