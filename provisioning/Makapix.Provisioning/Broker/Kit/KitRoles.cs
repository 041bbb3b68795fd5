using System.Collections.Generic;
using System.Collections.Immutable;

namespace Makapix.Provisioning.Broker.Kit;

/// <summary>Who may do what: names (CN) of certificates. Players need no name here.</summary>
public sealed record KitRoles
{
    /// <summary>The Makapix service: hears and answers all players.</summary>
    public required ImmutableArray<string> Services { get; init; }

    /// <summary>The watch: hears all players and the broker's figures, says nothing.</summary>
    public ImmutableArray<string> Watch { get; init; } = [];

    /// <summary>Renewal: commands, and hears what came of it.</summary>
    public ImmutableArray<string> Renewal { get; init; } = [];

    /// <summary>Operators: command, and hear status and what came of it.</summary>
    public ImmutableArray<string> Operators { get; init; } = [];

    /// <summary>Every name.</summary>
    internal IEnumerable<string> All => [.. Services, .. Watch, .. Renewal, .. Operators];
}
