namespace Makapix.Provisioning.Line.Lanes;

/// <summary>A lane at one moment, for those who show it. Holds no secret.</summary>
/// <param name="Lane">Its number, from 1.</param>
/// <param name="Port">Its port.</param>
/// <param name="Phase">What it is at.</param>
public sealed record LaneView(int Lane, string Port, LanePhase Phase)
{
    /// <summary>Whether a board is at the port.</summary>
    public bool BoardIsThere { get; init; }

    /// <summary>Which step the board is in, from 1; 0 before the first.</summary>
    public int Step { get; init; }

    /// <summary>What that step does, for people.</summary>
    public string Title { get; init; } = "";

    /// <summary>Whether a burn is waited for: to unplug the board now may cost it.</summary>
    public bool Burning { get; init; }

    /// <summary>How the last board went; null until there was one.</summary>
    public BoardResult? Last { get; init; }

    /// <summary>How many steps there are; what a board does not need is left out.</summary>
    public static int Steps => ProvisioningLine.StepOrder.Count;
}
