using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>Where a kit listens on loopback.</summary>
/// <param name="Front">The front's port: where players come in.</param>
/// <param name="Metrics">Its exporter's.</param>
/// <param name="Brokers">Each broker's, behind the front, in the description's order.</param>
public sealed record KitPorts(int Front, int Metrics, ImmutableArray<int> Brokers)
{
    /// <summary>Ports that nobody has just now.</summary>
    /// <param name="brokers">How many brokers there are.</param>
    public static KitPorts Free(int brokers)
    {
        // Held together until all are found: none is given twice.
        var held = Enumerable.Range(0, brokers + 2).Select(_ => Held()).ToList();
        var ports = held.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        held.ForEach(listener => listener.Dispose());
        return new KitPorts(ports[0], ports[1], [.. ports.Skip(2)]);
    }

    internal IEnumerable<int> All => [Front, Metrics, .. Brokers];

    private static TcpListener Held()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
