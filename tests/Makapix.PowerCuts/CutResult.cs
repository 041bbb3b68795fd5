namespace Makapix.PowerCuts;

/// <summary>How it went with one point.</summary>
/// <param name="Point">Where the power went.</param>
/// <param name="Outcome">What has become of the board.</param>
/// <param name="Detail">Of a violation, what was seen; else the code of what the line said, or empty.</param>
/// <param name="EarlyBoot">Whether the board booted, encrypted, between the two runs, while some of its eFuses were missing: by itself, as any board does that gets its power back.</param>
public sealed record CutResult(CutPoint Point, CutOutcome Outcome, string Detail, bool EarlyBoot)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Point}: {Outcome} {Detail}";
}
