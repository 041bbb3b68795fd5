using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.Json;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>What one attack did to one target.</summary>
public sealed record CheckFigures
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The attack's name.</summary>
    public required string Attack { get; init; }

    /// <summary>What it does, with its numbers.</summary>
    public required string What { get; init; }

    /// <summary><c>stock</c> or <c>kit</c>.</summary>
    public required string Target { get; init; }

    /// <summary>How long it went on.</summary>
    public required double Seconds { get; init; }

    /// <summary>How it went meanwhile for the legitimate at an address each.</summary>
    public required LegitimateFigures Legitimate { get; init; }

    /// <summary>How it went meanwhile for the legitimate behind one address.</summary>
    public required LegitimateFigures Household { get; init; }

    /// <summary>How often the session was ended, or left without an answer, of a player that was connected before and stayed.</summary>
    public required int Drops { get; init; }

    /// <summary>Seconds from its end until each of the legitimate had connected anew within the bound on the 99th percentile; null if that did not come about.</summary>
    public required double? RecoverySeconds { get; init; }

    /// <summary>CPU seconds of the broker meanwhile.</summary>
    public required double BrokerCpuSeconds { get; init; }

    /// <summary>Most memory of the broker meanwhile, MiB.</summary>
    public required double BrokerMegabytes { get; init; }

    /// <summary>CPU seconds of the front meanwhile; 0 without one.</summary>
    public required double FrontCpuSeconds { get; init; }

    /// <summary>Most memory of the front meanwhile, MiB; 0 without one.</summary>
    public required double FrontMegabytes { get; init; }

    /// <summary>Whether the broker and its front still ran at the end.</summary>
    public required bool Alive { get; init; }

    /// <summary>How often the broker was started again meanwhile: it ended, or its memory passed its bound.</summary>
    public required int Restarts { get; init; }

    /// <summary>How much came through of what should not have.</summary>
    public required long LetThrough { get; init; }

    /// <summary>Hostile sockets that were open when it ended.</summary>
    public required int HeldAtEnd { get; init; }

    /// <summary>What the attacker did, and what was done to him.</summary>
    public required IReadOnlyDictionary<string, long> Attacker { get; init; }

    /// <summary>Bounds that do not hold; a target's own, whether or not it is held to them.</summary>
    public ImmutableArray<string> Broken => CheckBounds.Broken(this);

    /// <summary>One line, every figure.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Names);
}
