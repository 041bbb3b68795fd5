using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Makapix.Provisioning.Broker.Kit;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>Where a kit listens on loopback.</summary>
/// <param name="Front">The front's port: where players come in.</param>
/// <param name="Metrics">Its exporter's.</param>
/// <param name="Brokers">Each broker's, behind the front, in the description's order.</param>
public sealed record KitPorts(int Front, int Metrics, ImmutableArray<int> Brokers)
{
    /// <summary>The entry for browsers; null where there is none.</summary>
    public KitWebPorts? Web { get; init; }

    /// <summary>Ports that nobody has just now.</summary>
    /// <param name="brokers">How many brokers there are.</param>
    /// <param name="web">Whether there is an entry for browsers.</param>
    public static KitPorts Free(int brokers, bool web = false)
    {
        // Held together until all are found: none is given twice.
        var held = Enumerable.Range(0, brokers + 5).Select(_ => Held()).ToList();
        var ports = held.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        held.ForEach(listener => listener.Dispose());
        return new KitPorts(ports[0], ports[1], [.. ports.Skip(5)]) { Web = web ? new KitWebPorts(ports[2], ports[3], ports[4]) : null };
    }

    /// <summary>Those of a description. Brokers that have one port, on machines of their own, get others here.</summary>
    public static KitPorts Of(KitDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        var others = new Queue<int>(Free(description.Brokers.Length).Brokers);
        var given = new HashSet<int>();
        return new KitPorts(description.Port, description.MetricsPort, [.. description.Brokers.Select(broker => given.Add(broker.Port) ? broker.Port : others.Dequeue())])
        {
            Web = description.Web is { } web ? new KitWebPorts(web.Port, web.EntryPort, web.BrokerPort) : null,
        };
    }

    // Below the ports that the system hands out by itself: no connection takes one between this look and its use.
    private static TcpListener Held()
    {
        while (true)
        {
            var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 30_000));
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException)
            {
                // Taken: try another.
                listener.Dispose();
            }
        }
    }
}
