using System;
using System.Collections.Immutable;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Kit;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>How a kit that runs is.</summary>
/// <param name="Since">When it started, UTC.</param>
/// <param name="Port">Where players come in.</param>
/// <param name="MetricsPort">The exporter's.</param>
/// <param name="Front">The front.</param>
/// <param name="Handshake">When the certificate ends that a broker shows to who comes in through the front; null if nobody got that far.</param>
/// <param name="Brokers">Each broker.</param>
/// <param name="Certificate">The broker's certificate.</param>
/// <param name="RevocationLists">Each list in <c>crl.pem</c>: mosquitto refuses everybody when one has ended.</param>
public sealed record KitStatus(
    DateTimeOffset Since, int Port, int MetricsPort, KitFrontStatus Front, KitEnd? Handshake, ImmutableArray<KitBrokerStatus> Brokers, KitEnd Certificate, ImmutableArray<KitEnd> RevocationLists)
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>How long a handshake may take.</summary>
    public static TimeSpan HandshakeLimit => FrontKnock.Limit;

    /// <summary>Whether players are let in: a broker shows its certificate through the front, it lives within its memory, and nothing has ended.</summary>
    [JsonPropertyOrder(1)]
    public bool Ok => Front.Answers && Handshake is { DaysLeft: >= 0 } && Brokers.Any(broker => broker.IsWell) && RevocationLists.Append(Certificate).All(end => end.DaysLeft >= 0) && RevocationLists.Length > 0;

    /// <summary>Of the kit that runs in a folder.</summary>
    /// <exception cref="BrokerException">036 to 038: none runs there. 020 to 023: the description, or the credentials that it names.</exception>
    public static async Task<KitStatus> ReadAsync(string directory, DateTimeOffset now, CancellationToken cancel)
    {
        var record = KitRunRecord.ReadLive(directory);
        var description = KitDescriptionFile.Read(record.Config);
        var limits = new KitLimits(description);
        var figures = await FrontFigures.ReadAsync(record.Ports.Metrics, cancel);
        var shown = await FrontKnock.TryAsync(new IPEndPoint(IPAddress.Loopback, record.Ports.Front), description.Hosts[0], cancel);
        var (certificate, lists) = KitCredentials.Ends(description);
        return new KitStatus(
            record.Since,
            record.Ports.Front,
            record.Ports.Metrics,
            new KitFrontStatus(
                record.Front!.Id,
                record.Front.IsAlive && figures is not null,
                new KitUse(figures?.Frontend("current_sessions"), figures?.Frontend("limit_sessions") ?? limits.FrontConnections.Value),
                figures?.Frontend("connections_total"),
                figures?.Frontend("denied_connections_total"),
                figures?.Frontend("requests_denied_total")),
            shown is { } end ? KitEnd.Of(end, now) : null,
            [.. record.Brokers.Select(broker => Broker(broker, figures, limits))],
            KitEnd.Of(certificate, now),
            [.. (lists ?? []).Select(list => KitEnd.Of(list, now))]);
    }

    /// <summary>One line, every figure.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Names);

    private static KitBrokerStatus Broker(ProcessMark broker, FrontFigures? figures, KitLimits limits) => new(
        broker.Name,
        broker.Id,
        broker.IsAlive,
        figures?.IsUp(broker.Name),
        new KitUse(figures?.Server("current_sessions", broker.Name), figures?.Server("limit_sessions", broker.Name) ?? limits.Connections.Value),
        new KitUse(ProcessTable.ResidentBytes(broker.Id), (long)limits.MemoryMegabytes.Value << 20));
}
