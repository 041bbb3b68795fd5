using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Makapix.Provisioning.Broker.Kit;

/// <summary>A broker as its owner describes it, field for field as <c>kit.schema.json</c> has it: <see cref="KitDescriptionFile"/> reads one.</summary>
public sealed record KitDescription
{
    /// <summary>The schema that an editor may hold it against.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Names under which players reach the broker.</summary>
    public required ImmutableArray<string> Hosts { get; init; }

    /// <summary>How many players there are.</summary>
    public required int FleetSize { get; init; }

    /// <summary>Folder with <c>broker.crt</c>, <c>ca.crt</c> and <c>crl.pem</c>.</summary>
    public required string Credentials { get; init; }

    /// <summary>Networks from which the machine is administered.</summary>
    public required ImmutableArray<string> Management { get; init; }

    /// <summary>Who may do what.</summary>
    public required KitRoles Roles { get; init; }

    /// <summary>Where the kit is installed.</summary>
    public string Home { get; init; } = "/etc/makapix-broker";

    /// <summary>Account that the broker runs as.</summary>
    public string Account { get; init; } = "mosquitto";

    /// <summary>Account that the front becomes once it listens; null if it stays what it is.</summary>
    [JsonIgnore]
    public string? FrontAccount { get; init; } = "haproxy";

    /// <summary>Addresses that the front listens on.</summary>
    public ImmutableArray<string> Listen { get; init; } = ["0.0.0.0", "::"];

    /// <summary>The front's port.</summary>
    public int Port { get; init; } = 8883;

    /// <summary>Port of the front's exporter, on loopback.</summary>
    public int MetricsPort { get; init; } = 8405;

    /// <summary>The port by which the machine is administered.</summary>
    public int SshPort { get; init; } = 22;

    /// <summary>Whether the brokers share sessions and subscriptions.</summary>
    public bool Clustered { get; init; }

    /// <summary>The brokers behind the front.</summary>
    public ImmutableArray<KitBroker> Brokers { get; init; } = [new KitBroker("a", "127.0.0.1", 8884)];

    /// <summary>Addresses from which the fronts reach brokers that are not on loopback.</summary>
    public ImmutableArray<string> Fronts { get; init; } = [];

    /// <summary>Networks behind which many players live.</summary>
    public ImmutableArray<string> KnownNats { get; init; } = [];

    /// <summary>WireGuard between broker and service; null for none.</summary>
    public KitOverlay? Overlay { get; init; }

    /// <summary>The entry for browsers; null for none.</summary>
    public KitWeb? Web { get; init; }

    /// <summary>Limits in place of derived ones.</summary>
    public KitLimitChoices Limits { get; init; } = new();
}
