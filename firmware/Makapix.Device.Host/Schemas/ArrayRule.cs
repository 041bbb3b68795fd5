using System.Collections.Generic;

namespace Makapix.Device.Host.Schemas;

/// <summary>What an array must have.</summary>
/// <param name="Prefix">What its first items must satisfy, each for itself.</param>
/// <param name="Items">What all further items must satisfy.</param>
/// <param name="Minimum">Fewest items.</param>
/// <param name="Maximum">Most items; null for any number.</param>
internal sealed record ArrayRule(IReadOnlyList<SchemaNode> Prefix, SchemaNode Items, int Minimum, int? Maximum);
