using System.Collections.Generic;

namespace Makapix.Device.Host.Schemas;

/// <summary>oneOf by a discriminator.</summary>
/// <param name="Property">Place of the discriminator among the properties of the object.</param>
/// <param name="Cases">Each value of the discriminator, as JSON, and the whole object that goes with it.</param>
internal sealed record SwitchRule(int Property, IReadOnlyList<KeyValuePair<string, SchemaNode>> Cases);
