namespace Makapix.Provisioning.Broker.Kit;

/// <summary>One mosquitto behind the front.</summary>
/// <param name="Name">What its files and its unit are called by.</param>
/// <param name="Address">Where it listens, with mutual TLS.</param>
/// <param name="Port">The port.</param>
public sealed record KitBroker(string Name, string Address, int Port);
