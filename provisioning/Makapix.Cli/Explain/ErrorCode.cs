namespace Makapix.Cli.Explain;

/// <summary>What a code of an error means.</summary>
/// <param name="Code">The whole code, <c>MKX-AREA-NNN</c>.</param>
/// <param name="Area">What part of makapix it is of, in words.</param>
/// <param name="Means">What lies behind it.</param>
/// <param name="Cause">The cause as the error tells it; <c>…</c> is what differs from case to case.</param>
/// <param name="Next">What to do.</param>
internal sealed record ErrorCode(string Code, string Area, string Means, string Cause, string Next);
