using System;

namespace Makapix.Provisioning.Broker.Web;

/// <summary>What one browser may hear, and until when.</summary>
/// <param name="Id">The token's own; one session at a time goes by it.</param>
/// <param name="Player">The player whose topics it is for, and no other's.</param>
/// <param name="Ends">When it ends, UTC.</param>
public sealed record WebToken(Guid Id, Guid Player, DateTimeOffset Ends)
{
    /// <summary>The longest that a token lives: who copies one out of a browser has it for no longer.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(60);

    internal const string Issuer = "makapix";
    internal const string Audience = "makapix-web";
    internal const string PlayerClaim = "player";

    /// <summary>Whether a subscription keeps to the player's own topics. Wildcards may stand below them.</summary>
    public bool Covers(string filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter.StartsWith($"makapix/player/{Player:D}/", StringComparison.Ordinal);
    }
}
