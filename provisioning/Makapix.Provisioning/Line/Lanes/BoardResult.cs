using System;
using System.Text.Json;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>How it went with one board. Holds no secret.</summary>
/// <param name="At">When it ended, UTC.</param>
/// <param name="Lane">The lane, from 1.</param>
/// <param name="Port">Its port.</param>
/// <param name="Result">How it went.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record BoardResult(DateTimeOffset At, int Lane, string Port, BoardOutcome Result, double Seconds)
{
    /// <summary>The board; null if it never said.</summary>
    public string? Mac { get; init; }

    /// <summary>The device that it became.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Code of the failure.</summary>
    public string? Code { get; init; }

    /// <summary>What happened.</summary>
    public string? Cause { get; init; }

    /// <summary>What to do now.</summary>
    public string? NextStep { get; init; }

    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LineJson.Options);
}
