using System;
using Makapix.Provisioning.Line;

namespace Makapix.Provisioning.Ledger;

/// <summary>Which devices are asked for: those to which all that is not null applies.</summary>
/// <param name="Now">The time that validity is judged at.</param>
public sealed record DeviceQuery(DateTimeOffset Now)
{
    /// <summary>What they are to the fleet.</summary>
    public DeviceState? State { get; init; }

    /// <summary>The batch they were made in.</summary>
    public string? Batch { get; init; }

    /// <summary>How far they are locked.</summary>
    public ProvisioningPolicy? Policy { get; init; }

    /// <summary>Their certificate is not revoked, and ends after <see cref="Now"/> and within that time.</summary>
    public TimeSpan? ExpiringWithin { get; init; }

    /// <summary>Part of their id, board, chip, firmware, batch, station or serial number; in any case, of ASCII at least.</summary>
    public string? Text { get; init; }

    /// <summary>At most so many.</summary>
    public int? Limit { get; init; }
}
