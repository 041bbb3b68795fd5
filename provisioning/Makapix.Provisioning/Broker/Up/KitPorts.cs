using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Makapix.Mqtt.Desktop;
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
    public static KitPorts Free(int brokers, bool web = false) =>
        new(FreePort.Pick(), FreePort.Pick(), [.. Enumerable.Range(0, brokers).Select(_ => FreePort.Pick())])
        {
            Web = web ? new KitWebPorts(FreePort.Pick(), FreePort.Pick(), FreePort.Pick()) : null,
        };

    /// <summary>Those of a description. Brokers that have one port, on machines of their own, get others here.</summary>
    public static KitPorts Of(KitDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        var given = new HashSet<int>();
        return new KitPorts(description.Port, description.MetricsPort, [.. description.Brokers.Select(broker => given.Add(broker.Port) ? broker.Port : FreePort.Pick())])
        {
            Web = description.Web is { } web ? new KitWebPorts(web.Port, web.EntryPort, web.BrokerPort) : null,
        };
    }
}
