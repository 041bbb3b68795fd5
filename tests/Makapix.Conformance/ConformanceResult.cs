using System;

namespace Makapix.Conformance;

/// <summary>How the guard fared against the others.</summary>
public sealed record ConformanceResult
{
    /// <summary>Payloads judged.</summary>
    public int Payloads { get; init; }

    /// <summary>Of them, how many the guard accepted.</summary>
    public int Accepted { get; init; }

    /// <summary>How many verdicts differ from the library's, or from the parser's where it has a say.</summary>
    public int Differences { get; init; }

    /// <summary>The first payload with a difference, and who said what; null if there is none.</summary>
    public string? FirstDifference { get; init; }

    /// <summary>Exceptions out of the guard.</summary>
    public int Exceptions { get; init; }

    /// <summary>Bytes that the guard allocated, warm-up left out.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Bytes of all payloads.</summary>
    public long PayloadBytes { get; init; }

    /// <summary>Time within the guard.</summary>
    public TimeSpan GuardTime { get; init; }

    /// <summary>Time within the library; zero if it was not asked.</summary>
    public TimeSpan LibraryTime { get; init; }
}
