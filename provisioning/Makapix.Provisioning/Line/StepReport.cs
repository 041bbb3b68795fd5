namespace Makapix.Provisioning.Line;

/// <summary>A step that was done.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Detail">What it found or did, for people.</param>
public sealed record StepReport(string Name, double Seconds, string Detail);
