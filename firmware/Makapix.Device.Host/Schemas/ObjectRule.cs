using System.Collections.Generic;

namespace Makapix.Device.Host.Schemas;

/// <summary>What an object must have.</summary>
/// <param name="Properties">Its known properties, in order.</param>
/// <param name="Additional">What all others must satisfy.</param>
/// <param name="Minimum">Fewest members.</param>
/// <param name="Maximum">Most members; null for any number.</param>
internal sealed record ObjectRule(IReadOnlyList<PropertyRule> Properties, SchemaNode Additional, int Minimum, int? Maximum);
