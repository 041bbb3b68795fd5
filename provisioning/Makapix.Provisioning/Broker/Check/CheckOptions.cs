using System;
using System.Collections.Immutable;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>What is checked.</summary>
public sealed record CheckOptions
{
    /// <summary>mosquitto as it comes, with mutual TLS.</summary>
    public const string Stock = "stock";

    /// <summary>The kit's broker behind its front.</summary>
    public const string Kit = "kit";

    /// <summary>Longest attack.</summary>
    public const int MaxSeconds = 60;

    /// <summary>Names of the attacks; none for all.</summary>
    public ImmutableArray<string> Only { get; init; } = [];

    /// <summary>Who is attacked, one after the other.</summary>
    public ImmutableArray<string> Targets { get; init; } = [Stock, Kit];

    /// <summary>How long each attack goes on; at most <see cref="MaxSeconds"/>.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(20);
}
