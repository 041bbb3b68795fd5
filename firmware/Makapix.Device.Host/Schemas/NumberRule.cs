namespace Makapix.Device.Host.Schemas;

/// <summary>What a number must be. Bounds are JSON: any decimal, exactly.</summary>
/// <param name="Minimum">Lower bound; null for none.</param>
/// <param name="ExclusiveMinimum">Whether the number must be greater than it.</param>
/// <param name="Maximum">Upper bound; null for none.</param>
/// <param name="ExclusiveMaximum">Whether the number must be less than it.</param>
/// <param name="MultipleOf">Divisor; null for none.</param>
internal sealed record NumberRule(string? Minimum, bool ExclusiveMinimum, string? Maximum, bool ExclusiveMaximum, int? MultipleOf);
