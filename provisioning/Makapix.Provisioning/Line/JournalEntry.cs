using System;

namespace Makapix.Provisioning.Line;

/// <summary>One line of a board's journal. Holds no secret: of the flash key only its SHA-256.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Run">The run of the line that wrote it.</param>
/// <param name="Step">Name of the step.</param>
/// <param name="Event">What about it.</param>
public sealed record JournalEntry(DateTimeOffset At, Guid Run, string Step, JournalEvent Event)
{
    /// <summary>The plan, before anything is written.</summary>
    public ProvisioningPlan? Plan { get; init; }

    /// <summary>SHA-256 of <see cref="Plan"/>, lower-case hex.</summary>
    public string? PlanHash { get; init; }

    /// <summary>The batch that the board is made in, beside the plan.</summary>
    public string? Batch { get; init; }

    /// <summary>Whom the board is to become.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Serial number of its certificate, from before it is issued.</summary>
    public string? Serial { get; init; }

    /// <summary>When its certificate ends.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>SHA-256 of each 32 bytes of the flash key, lower-case hex; a space between two.</summary>
    public string? KeyHash { get; init; }

    /// <summary>Code and cause of a failure.</summary>
    public string? Reason { get; init; }
}
