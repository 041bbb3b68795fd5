namespace Makapix.Provisioning.Broker.Up;

/// <summary>Where the entry for browsers listens on loopback.</summary>
/// <param name="Front">The front's port for browsers.</param>
/// <param name="Entry">The entry's own.</param>
/// <param name="Broker">The first broker's, for the entry.</param>
public sealed record KitWebPorts(int Front, int Entry, int Broker);
