using System;

namespace Makapix.Provisioning.Line;

/// <summary>Whom one run of the line wanted to make of a board, as the journal tells.</summary>
/// <param name="Run">The run.</param>
/// <param name="DeviceId">The device.</param>
internal sealed record BoardIdentity(Guid Run, Guid DeviceId)
{
    /// <summary>Serial number of its certificate, which may never have been issued; null if the run died before it drew one.</summary>
    public string? Serial { get; init; }

    /// <summary>When its certificate ends; null if nobody knows whether it was issued.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>SHA-256 of each 32 bytes of the flash key, as in <see cref="JournalEntry.KeyHash"/>.</summary>
    public string? KeyHash { get; init; }

    /// <summary>The plan of the run.</summary>
    public ProvisioningPlan? Plan { get; init; }

    /// <summary>The batch that was asked for.</summary>
    public string? Batch { get; init; }

    /// <summary>This, with what a later entry of the same run adds.</summary>
    public BoardIdentity With(JournalEntry entry) => this with
    {
        DeviceId = entry.DeviceId ?? DeviceId,
        Serial = entry.Serial ?? Serial,
        NotAfter = entry.NotAfter ?? NotAfter,
        KeyHash = entry.KeyHash ?? KeyHash,
        Plan = entry.Plan ?? Plan,
        Batch = entry.Batch ?? Batch,
    };
}
