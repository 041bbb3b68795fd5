namespace Makapix.Provisioning.Line;

/// <summary>One area of flash that is written.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Address">Where it begins.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Content">How it is written.</param>
public sealed record PlannedImage(string Name, uint Address, int Length, PlannedContent Content);
