using System;
using Makapix.Provisioning.Authority;

namespace Makapix.Provisioning.Ledger;

/// <summary>Which certificates are asked for: those to which all that is not null applies.</summary>
/// <param name="Now">The time that validity is judged at.</param>
public sealed record CertificateQuery(DateTimeOffset Now)
{
    /// <summary>What they are for.</summary>
    public CertificateKind? Kind { get; init; }

    /// <summary>Whether they count at <see cref="Now"/>.</summary>
    public CertificateState? State { get; init; }

    /// <summary>They are not revoked, and end after <see cref="Now"/> and within that time.</summary>
    public TimeSpan? ExpiringWithin { get; init; }
}
