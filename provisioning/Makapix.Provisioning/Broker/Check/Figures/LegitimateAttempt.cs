namespace Makapix.Provisioning.Broker.Check;

/// <summary>One attempt of a legitimate player: to connect, to publish with QoS 1, and to disconnect.</summary>
/// <param name="ConnackMs">From the first packet of TCP to CONNACK, milliseconds; null if it did not come to that.</param>
/// <param name="Failure">What kept it from being whole; null if nothing.</param>
internal readonly record struct LegitimateAttempt(double? ConnackMs, string? Failure)
{
    /// <summary>Whether all of it was done.</summary>
    public bool Succeeded => Failure is null;
}
