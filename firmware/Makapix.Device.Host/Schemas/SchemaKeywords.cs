using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Makapix.Device.Host.Schemas;

/// <summary>The keywords of one schema object; what is left when all rules have taken theirs is unknown.</summary>
internal sealed class SchemaKeywords(JsonElement schema)
{
    private readonly HashSet<string> _left = [.. schema.EnumerateObject().Select(keyword => keyword.Name)];

    public IEnumerable<string> Left => _left;

    public JsonElement? Take(string keyword) => _left.Remove(keyword) ? schema.GetProperty(keyword) : null;
}
