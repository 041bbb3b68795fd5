namespace Makapix.Device.Host.Schemas;

/// <summary>What a string must be.</summary>
/// <param name="Minimum">Fewest characters.</param>
/// <param name="Maximum">Most characters; null for any number.</param>
/// <param name="Format">A format of the table.</param>
internal sealed record StringRule(int Minimum, int? Maximum, int Format);
