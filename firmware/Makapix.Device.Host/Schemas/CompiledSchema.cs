using System.Collections.Generic;

namespace Makapix.Device.Host.Schemas;

/// <summary>A schema that has been compiled.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Table">Its table.</param>
/// <param name="Slots">The path of each value that is captured.</param>
internal sealed record CompiledSchema(string Name, byte[] Table, IReadOnlyList<string> Slots);
