using System.Collections.Generic;

namespace Makapix.Cli.Fleet;

/// <summary>What is simulated.</summary>
/// <param name="Devices">Size of the fleet, 1 to <see cref="MaxDevices"/>.</param>
/// <param name="OutageSeconds">How long the broker is gone, 1 to <see cref="MaxOutageSeconds"/>.</param>
/// <param name="Strategies">One after the other, each with a new fleet of the same identities.</param>
internal sealed record SimulationOptions(int Devices, int OutageSeconds, IReadOnlyList<ReconnectStrategy> Strategies)
{
    /// <summary>Each holds a port of one loopback address, of which there are some 28,000; and a thread.</summary>
    public const int MaxDevices = 10_000;

    public const int MaxOutageSeconds = 600;
}
