namespace Makapix.Provisioning.Labels;

/// <summary>A field on a size of label.</summary>
/// <param name="Field">Which.</param>
/// <param name="Lines">The most lines that it may take.</param>
public sealed record LabelFieldRule(LabelField Field, int Lines);
