using System;
using System.Collections.Generic;
using System.Linq;

namespace Makapix.Provisioning.Broker.Kit;

/// <summary>Every limit of a kit, derived from the fleet size where the owner did not choose.</summary>
public sealed class KitLimits
{
    /// <summary>Seconds in which a client must have sent its TLS hello; a round trip over a bad mobile network takes less.</summary>
    internal const int HelloSeconds = 2;

    /// <summary>Addresses whose limits the /48 of an IPv6 address has together.</summary>
    internal const int NetworkHouseholds = 16;

    private const int HouseholdPlayers = 20;
    private const int AttemptsInTenSeconds = 3;
    private const int ReturnKilobytes = 8;
    private const int LongestMerged = 64 * 1024;
    private const int HostileConnections = 50 * HouseholdPlayers;
    private const int BrokerMegabytes = 64;
    private const int PlayerKilobytes = 128;
    private const int HostileKilobytes = 64;

    internal KitLimits(KitDescription description)
    {
        var chosen = description.Limits;
        var fleet = description.FleetSize;
        var roles = description.Roles.All.Count();
        var devices = fleet + (fleet / 8);
        var kept = (fleet / 8) + (2 * roles);
        Connections = KitLimit.Of("connections", chosen.Connections, devices + roles + HostileConnections + kept,
            $"{fleet} players, an eighth for sessions that died and are not yet noticed, {roles} services and operators, {HostileConnections} that 50 hostile addresses can hold (mosquitto waits 90 s for a CONNECT), and {kept} that are reserved");
        ConnectionsPerAddress = KitLimit.Of("connectionsPerAddress", chosen.ConnectionsPerAddress, HouseholdPlayers, $"{HouseholdPlayers} players behind one household's or venue's address");
        RatePerAddress = KitLimit.Of("ratePerAddress", chosen.RatePerAddress, ConnectionsPerAddress.Value * AttemptsInTenSeconds,
            $"in 10 s: {AttemptsInTenSeconds} attempts, as many as a player's backoff makes in its first 10 s, of each connection that one address may have");
        ConnectionsPerNat = KitLimit.Of("connectionsPerNat", chosen.ConnectionsPerNat, Math.Max(ConnectionsPerAddress.Value, Connections.Value / 2),
            "half of all connections: a known NAT that turns hostile leaves the other half to the rest");
        ConnectionsPerNetwork = new KitLimit("connectionsPerNetwork", OfNetwork(ConnectionsPerAddress.Value, Connections.Value),
            $"of an IPv6 /48, which has 65,536 /64s and may be one customer's or many: as many as {NetworkHouseholds} addresses may have, and no more than half of all");
        RatePerNetwork = new KitLimit("ratePerNetwork", RatePerAddress.Value * NetworkHouseholds, $"in 10 s, of an IPv6 /48: as many as {NetworkHouseholds} addresses may open");
        ReservedConnections = new KitLimit("reservedConnections", Math.Clamp(Connections.Value - fleet, 0, kept),
            "of them, for known NATs, the tunnel and the management networks alone: an eighth of the fleet, and each service and operator twice, as far as there are more connections than players");
        HandshakesPerSecond = KitLimit.Of("handshakesPerSecond", chosen.HandshakesPerSecond, 240, "one core does about 270 full handshakes with client certificates, and mosquitto has one thread");
        PacketBytes = KitLimit.Of("packetBytes", chosen.PacketBytes, 135_168, "the service's replies reach 128 KiB, and 4 KiB for topic and header");
        InflightMessages = KitLimit.Of("inflightMessages", chosen.InflightMessages, 20, "a player has one message in flight, the service a few");
        QueuedMessages = KitLimit.Of("queuedMessages", chosen.QueuedMessages, 100, "for one slow client; a player that misses more asks again");
        QueuedBytes = KitLimit.Of("queuedBytes", chosen.QueuedBytes, Math.Max(1_048_576, PacketBytes.Value), "for one slow client: eight of the longest replies");
        KeepAliveSeconds = KitLimit.Of("keepAliveSeconds", chosen.KeepAliveSeconds, 120, "players ask for 60 s; what asks for more holds its slot after it has gone (CVE-2020-13849)");
        MemoryMegabytes = KitLimit.Of("memoryMegabytes", chosen.MemoryMegabytes, BrokerMegabytes + ((((devices + roles) * PlayerKilobytes) + (HostileConnections * HostileKilobytes)) / 1024) + 1,
            $"{BrokerMegabytes} MiB for the broker, {PlayerKilobytes} KiB for each player, service and operator with a common queue, {HostileKilobytes} KiB for each hostile connection");

        KilobytesPerAddress = KitLimit.Of("kilobytesPerAddress", chosen.KilobytesPerAddress, ((RatePerAddress.Value * ReturnKilobytes) + 9) / 10,
            $"KiB a second that an address may send: {ReturnKilobytes} for each connection that it may open, for its handshake with the chain of its certificate, and what a player says after it in packets of 1.5 KiB at most");

        // Not for the owner to choose: they stand in a fixed relation to the ones above.
        BrokerConnections = new KitLimit("brokerConnections", Connections.Value + (Connections.Value / 4),
            "a quarter above the front's cap, so that the front refuses first: mosquitto 2.0.11 counts wrong after refusals, and resets whoever comes when it is full");
        FrontConnections = new KitLimit("frontConnections", Connections.Value + (HandshakesPerSecond.Value * HelloSeconds) + 512,
            $"the brokers' connections, those that may yet send their hello within {HelloSeconds} s at the handshake rate, and 512 that are being refused");
        SharedHandshakes = new KitLimit("sharedHandshakes", Math.Max(1, HandshakesPerSecond.Value - Math.Max(1, HandshakesPerSecond.Value / 10)),
            "a second, of all but known NATs, the tunnel and the management networks: a tenth is kept for those");
        BusyHandshakes = new KitLimit("busyHandshakes", Math.Max(1, HandshakesPerSecond.Value / 3), "a third of the handshakes a second: live sessions need the rest of the thread; from there on, an address has its share");
        PressedHandshakes = new KitLimit("pressedHandshakes", Math.Max(1, HandshakesPerSecond.Value / 2), "half of the handshakes a second: from there on, an address has its share at an even pace");
        CrammedHandshakes = new KitLimit("crammedHandshakes", Math.Max(1, HandshakesPerSecond.Value * 5 / 6), "five sixths of the handshakes a second: from there on, an address has half of its share");
        RatePerAddressBusy = new KitLimit("ratePerAddressBusy", Math.Min(RatePerAddress.Value, Math.Max(HouseholdPlayers, ConnectionsPerAddress.Value)),
            "let through in 10 s, while it is busy: each player behind one address once, so that a household returns while a flood from many addresses goes on");
        PacePerAddress = new KitLimit("pacePerAddress", Math.Max(2, RatePerAddressBusy.Value / 5), "let through in 2 s, while it is pressed: a fifth of that, or a flood would have all of it in its first seconds");
        RatePerAddressCrammed = new KitLimit("ratePerAddressCrammed", Math.Max(1, RatePerAddressBusy.Value / 2),
            "let through in 10 s, while it is crammed: half of what it is while busy, so that it takes twice as many addresses to leave no room for anybody; a household returns in twice the time");
        RatePerNetworkBusy = new KitLimit("ratePerNetworkBusy", RatePerAddressBusy.Value * NetworkHouseholds, $"in 10 s, of an IPv6 /48, while it is busy: of {NetworkHouseholds} such addresses, or one /48 would come seldom from each of its /64s");
        PacePerNetwork = new KitLimit("pacePerNetwork", PacePerAddress.Value * NetworkHouseholds, "in 2 s, of an IPv6 /48, while it is pressed: a fifth of that");
        RatePerNetworkCrammed = new KitLimit("ratePerNetworkCrammed", RatePerAddressCrammed.Value * NetworkHouseholds, "in 10 s, of an IPv6 /48, while it is crammed: half of what it is while busy");
        TriesPerAddressBusy = new KitLimit("triesPerAddressBusy", RatePerAddressBusy.Value * AttemptsInTenSeconds,
            $"tried in 10 s, while it is busy: {AttemptsInTenSeconds} times its share, as many as a player's backoff makes in its first 10 s");
        TriesPerAddressCrammed = new KitLimit("triesPerAddressCrammed", RatePerAddressCrammed.Value * AttemptsInTenSeconds,
            $"tried in 10 s, while it is crammed: {AttemptsInTenSeconds} times its share. Who tries more often ends there, and what is left up to the shared handshakes is for who tries seldom");
        TriesPerNetworkBusy = new KitLimit("triesPerNetworkBusy", TriesPerAddressBusy.Value * NetworkHouseholds, $"in 10 s, of an IPv6 /48, while it is busy: of {NetworkHouseholds} such addresses");
        TriesPerNetworkCrammed = new KitLimit("triesPerNetworkCrammed", TriesPerAddressCrammed.Value * NetworkHouseholds, $"in 10 s, of an IPv6 /48, while it is crammed: of {NetworkHouseholds} such addresses");
        PacePerNat = new KitLimit("pacePerNat", HandshakesPerSecond.Value, "let through in 2 s, of one address of a known NAT: half of the handshakes; one that turns hostile leaves the rest to strangers, and to the other NATs");
        NewPerAddress = new KitLimit("newPerAddress", Math.Max(1, RatePerAddress.Value / 10 * 4), "a second: four times the front's rate, since the front tells the log, and the kernel does not");
        OpenPerAddress = new KitLimit("openPerAddress", ConnectionsPerAddress.Value * 4, "four times the front's limit, for the same reason");
        NewPerNetwork = new KitLimit("newPerNetwork", NewPerAddress.Value * NetworkHouseholds, $"a second, of an IPv6 /48: of {NetworkHouseholds} such addresses");
        OpenPerNetwork = new KitLimit("openPerNetwork", ConnectionsPerNetwork.Value * 4, "four times the front's limit, for the same reason");
        KilobytesBurst = new KitLimit("kilobytesBurst", (Math.Max(PacketBytes.Value, LongestMerged) / 1024) + (ConnectionsPerAddress.Value * ReturnKilobytes),
            $"KiB at once: the longest packet, or what a network card makes of several, and {ReturnKilobytes} for each connection that an address may have");
        KilobytesPerNetwork = new KitLimit("kilobytesPerNetwork", Kilobytes(KilobytesPerAddress, NetworkHouseholds), $"KiB a second, of an IPv6 /48: of {NetworkHouseholds} addresses");
        KilobytesPerNat = new KitLimit("kilobytesPerNat", Kilobytes(KilobytesPerAddress, NatHouseholds),
            "KiB a second, of one address of a known NAT: as many times an address's as it may have connections");
        NewPerNat = new KitLimit("newPerNat", Math.Max(1, ConnectionsPerNat.Value * AttemptsInTenSeconds / 10 * 4), "a second: four times the front's rate. Whoever forges a NAT's address uses this up, and no more");
        OpenPerNat = new KitLimit("openPerNat", ConnectionsPerNat.Value * 4, "four times the front's limit");
        ClientSeconds = new KitLimit("clientSeconds", KeepAliveSeconds.Value * 3 / 2, "one and a half keep-alives, as MQTT 3.1.1 section 3.1.2.10 has it; mosquitto before 2.0.12 does not cap what a 3.1.1 client asks for");
    }

    /// <summary>Connections at a time, of all brokers together: when the others fail, one has them all.</summary>
    public KitLimit Connections { get; }

    /// <summary>Connections at a time from one IPv4 address or IPv6 /64.</summary>
    public KitLimit ConnectionsPerAddress { get; }

    /// <summary>New connections in 10 s from one IPv4 address or IPv6 /64; none that was refused because there was no room for anybody.</summary>
    public KitLimit RatePerAddress { get; }

    /// <summary>Connections at a time from one address of a known NAT; three times as many are new in 10 s.</summary>
    public KitLimit ConnectionsPerNat { get; }

    /// <summary>What one IPv4 address or IPv6 /64 may send, KiB a second.</summary>
    public KitLimit KilobytesPerAddress { get; }

    /// <summary>TLS handshakes a second, of all.</summary>
    public KitLimit HandshakesPerSecond { get; }

    /// <summary>Longest MQTT packet, bytes.</summary>
    public KitLimit PacketBytes { get; }

    /// <summary>Messages of QoS 1 and 2 in flight for one client.</summary>
    public KitLimit InflightMessages { get; }

    /// <summary>Messages kept for one client.</summary>
    public KitLimit QueuedMessages { get; }

    /// <summary>Bytes kept for one client.</summary>
    public KitLimit QueuedBytes { get; }

    /// <summary>Longest keep-alive, seconds.</summary>
    public KitLimit KeepAliveSeconds { get; }

    /// <summary>The broker's memory, MiB: past it the kernel ends the broker, and it is started again.</summary>
    public KitLimit MemoryMegabytes { get; }

    internal KitLimit ConnectionsPerNetwork { get; }

    internal KitLimit RatePerNetwork { get; }

    internal KitLimit BrokerConnections { get; }

    internal KitLimit FrontConnections { get; }

    internal KitLimit ReservedConnections { get; }

    internal KitLimit SharedHandshakes { get; }

    internal KitLimit BusyHandshakes { get; }

    internal KitLimit PressedHandshakes { get; }

    internal KitLimit CrammedHandshakes { get; }

    internal KitLimit RatePerAddressBusy { get; }

    internal KitLimit PacePerAddress { get; }

    internal KitLimit RatePerAddressCrammed { get; }

    internal KitLimit RatePerNetworkBusy { get; }

    internal KitLimit PacePerNetwork { get; }

    internal KitLimit RatePerNetworkCrammed { get; }

    internal KitLimit TriesPerAddressBusy { get; }

    internal KitLimit TriesPerAddressCrammed { get; }

    internal KitLimit TriesPerNetworkBusy { get; }

    internal KitLimit TriesPerNetworkCrammed { get; }

    internal KitLimit PacePerNat { get; }

    /// <summary>Of <see cref="Connections"/>, those that anybody may have.</summary>
    internal int SharedConnections => Connections.Value - ReservedConnections.Value;

    internal KitLimit NewPerAddress { get; }

    internal KitLimit OpenPerAddress { get; }

    internal KitLimit NewPerNetwork { get; }

    internal KitLimit OpenPerNetwork { get; }

    internal KitLimit KilobytesBurst { get; }

    internal KitLimit KilobytesPerNetwork { get; }

    internal KitLimit KilobytesPerNat { get; }

    internal KitLimit NewPerNat { get; }

    internal KitLimit OpenPerNat { get; }

    internal KitLimit ClientSeconds { get; }

    internal IEnumerable<KitLimit> All =>
    [
        Connections, ReservedConnections, ConnectionsPerAddress, RatePerAddress, ConnectionsPerNat, ConnectionsPerNetwork, RatePerNetwork, HandshakesPerSecond, PacketBytes, InflightMessages,
        QueuedMessages, QueuedBytes, KeepAliveSeconds, MemoryMegabytes, BrokerConnections, FrontConnections, SharedHandshakes, BusyHandshakes, PressedHandshakes, CrammedHandshakes,
        RatePerAddressBusy, PacePerAddress, RatePerAddressCrammed, RatePerNetworkBusy, PacePerNetwork, RatePerNetworkCrammed, TriesPerAddressBusy, TriesPerAddressCrammed,
        TriesPerNetworkBusy, TriesPerNetworkCrammed, PacePerNat, NewPerAddress, OpenPerAddress, NewPerNetwork, OpenPerNetwork, NewPerNat, OpenPerNat, KilobytesPerAddress, KilobytesBurst, KilobytesPerNetwork, KilobytesPerNat, ClientSeconds,
    ];

    /// <exception cref="BrokerException">MKX-BROKER-022: two of them contradict each other.</exception>
    internal void Check(KitDescription description)
    {
        Require(Connections.Value > description.Roles.All.Count(), "'connections' is no more than the services and operators take", "Raise it, or leave it out");
        Require(Connections.Value >= description.FleetSize, $"'connections' is less than the fleet of {description.FleetSize}", "Raise it, or leave it out");
        Require(ConnectionsPerAddress.Value < Connections.Value || description.FleetSize <= HouseholdPlayers, "'connectionsPerAddress' lets one address take every connection", "Lower it");
        Require(ConnectionsPerNat.Value >= ConnectionsPerAddress.Value, "'connectionsPerNat' is less than 'connectionsPerAddress'", "Raise it, or leave it out");
        Require(RatePerAddress.Value >= ConnectionsPerAddress.Value, "'ratePerAddress' is less than 'connectionsPerAddress', so a household could not return after an outage", "Raise it");
        Require(QueuedBytes.Value >= PacketBytes.Value, "'queuedBytes' does not hold one packet of 'packetBytes'", "Raise it");
        Require(MemoryMegabytes.Value > QueuedBytes.Value >> 20, "'memoryMegabytes' does not hold one client's 'queuedBytes'", "Raise it");
    }

    /// <summary>Addresses whose limits one of a known NAT has together.</summary>
    internal int NatHouseholds => ConnectionsPerNat.Value / ConnectionsPerAddress.Value;

    /// <summary>So many times a number of KiB, and no more than a GiB: nft counts in 32 bits.</summary>
    internal static int Kilobytes(KitLimit limit, int times) => (int)Math.Min((long)limit.Value * times, 1024 * 1024);

    /// <summary>What the /48 of an IPv6 address may have where one address may have so many, and all together so many.</summary>
    internal static int OfNetwork(int address, int all) => Math.Max(address, Math.Min(address * NetworkHouseholds, all / 2));

    private static void Require(bool holds, string what, string then)
    {
        if (!holds)
        {
            throw new BrokerException("022", $"limits contradict each other: {what}.", $"{then}.");
        }
    }
}
