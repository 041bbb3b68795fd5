using System;
using System.Linq;
using Makapix.Device.Connection;

namespace Makapix.Cli.Fleet;

/// <summary>A way to reconnect that is simulated: the firmware's own, or one that it is measured against.</summary>
/// <param name="Name">As <c>--strategy</c> takes it.</param>
/// <param name="What">For people.</param>
/// <param name="Create">Makes the policy of one device, by its id.</param>
internal sealed record ReconnectStrategy(string Name, string What, Func<string, IReconnectPolicy> Create)
{
    /// <summary>What every device runs, seeded as there: by its id, and by something that differs at each boot.</summary>
    public static ReconnectStrategy Makapix { get; } = new("makapix", "the firmware's backoff", id => new Backoff(new DeviceRandom(id, Random.Shared.NextInt64())));

    public static ReconnectStrategy Fixed { get; } = new("fixed", "10 s, always", _ => new FixedDelay());

    public static ReconnectStrategy Exponential { get; } = new("exponential", "1 s doubling to 300 s, no jitter", _ => new PlainExponential());

    public static ReconnectStrategy[] All { get; } = [Makapix, Fixed, Exponential];

    /// <summary>Every name, comma between.</summary>
    public static string Names => string.Join(", ", All.Select(strategy => strategy.Name));

    /// <summary>The one of that name; null if there is none.</summary>
    public static ReconnectStrategy? Find(string name) => All.FirstOrDefault(strategy => strategy.Name == name);
}
