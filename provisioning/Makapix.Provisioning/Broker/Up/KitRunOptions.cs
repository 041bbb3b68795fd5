using System;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>How a kit is run on loopback.</summary>
/// <param name="Home">Folder for its files: missing or empty. It goes when the run ends. Letters, digits, <c>/ . _ -</c>.</param>
/// <param name="Ports">Where it listens.</param>
public sealed record KitRunOptions(string Home, KitPorts Ports)
{
    /// <summary>What a demonstration changes in the access list to show that a check would notice; null for nothing.</summary>
    public Func<string, string>? ChangeAccess { get; init; }

    /// <summary>Told of every line that front and brokers log, with the name of who says it; null for nobody.</summary>
    public Action<string, string>? Heard { get; init; }
}
