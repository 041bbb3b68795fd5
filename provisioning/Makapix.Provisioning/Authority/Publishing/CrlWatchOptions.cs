using System;

namespace Makapix.Provisioning.Authority.Publishing;

/// <summary>How revocation lists are kept fresh.</summary>
/// <param name="Path">The broker's CRL file.</param>
public sealed record CrlWatchOptions(string Path)
{
    /// <summary>Where the ledger's signed head of each day goes; null: nowhere. A place that whoever has the ledger cannot write to is best.</summary>
    public string? HeadFolder { get; init; }

    /// <summary>The clock that waits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How often new lists are published.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How soon it is tried again after a failure.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From when on the end of the published lists is an alert.</summary>
    public TimeSpan Alert { get; init; } = TimeSpan.FromDays(7);

    /// <summary>From when on the end of the root's list is an alert: the root is far away, and somebody must fetch it.</summary>
    public TimeSpan RootAlert { get; init; } = TimeSpan.FromDays(60);
}
