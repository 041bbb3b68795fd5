using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Makapix.Device.Payloads;

namespace Makapix.Device.Host.Schemas;

/// <summary>
/// Reads the subset of JSON Schema 2020-12 that the device enforces. The subset is closed: a keyword that is not in it fails the compilation, since a
/// rule that nobody enforces is worse than none.
/// </summary>
internal sealed partial class SchemaParser
{
    // They say nothing about a payload. $defs holds what $ref refers to, and is read from there.
    private static readonly string[] Annotations = ["$schema", "$id", "$comment", "$defs", "title", "description"];

    private static readonly Dictionary<string, int> TypeBits = new()
    {
        ["null"] = SchemaTable.Null,
        ["boolean"] = SchemaTable.Boolean,
        ["integer"] = SchemaTable.Integer,
        ["number"] = SchemaTable.Number,
        ["string"] = SchemaTable.String,
        ["array"] = SchemaTable.Array,
        ["object"] = SchemaTable.Object,
    };

    private readonly string _file;
    private readonly JsonElement _root;
    private readonly Dictionary<string, SchemaNode> _nodes = [];

    private SchemaParser(string file, JsonElement root)
    {
        _file = file;
        _root = root;
    }

    /// <summary>Reads a schema.</summary>
    /// <param name="file">What to call it in errors.</param>
    /// <param name="root">The schema.</param>
    /// <exception cref="SchemaException">It is not within the subset, or makes no sense.</exception>
    public static SchemaNode Parse(string file, JsonElement root) => new SchemaParser(file, root).Parse(root, "#");

    private SchemaNode Parse(JsonElement schema, string at)
    {
        if (schema.ValueKind == JsonValueKind.True)
        {
            return SchemaNode.Any;
        }

        schema = Resolve(schema, ref at);
        if (_nodes.TryGetValue(at, out var known))
        {
            return known;
        }

        // Before its parts are read: one of them may refer to it.
        var node = _nodes[at] = new SchemaNode();
        var keywords = new SchemaKeywords(schema);
        node.Types = Types(keywords, at);
        node.Values = Values(keywords, at);
        node.Number = Number(keywords, at);
        node.String = String(keywords, at);
        node.Array = Array(keywords, at);
        node.Object = Object(keywords, at);
        Branches(node, keywords, at);
        if (keywords.Left.Except(Annotations).FirstOrDefault() is { } unknown)
        {
            throw Refuse(at, $"has the keyword {unknown}, which the device does not enforce");
        }

        return node;
    }

    /// <summary>Follows $ref to what is none; <paramref name="at"/> goes with it.</summary>
    private JsonElement Resolve(JsonElement schema, ref string at)
    {
        for (var hops = 0; ; hops++)
        {
            if (schema.ValueKind != JsonValueKind.Object)
            {
                throw Refuse(at, "is no schema");
            }

            if (!schema.TryGetProperty("$ref", out var reference))
            {
                return schema;
            }

            if (schema.EnumerateObject().Select(keyword => keyword.Name).Except(Annotations).Count() > 1)
            {
                throw Refuse(at, "has keywords beside $ref");
            }

            if (reference.ValueKind != JsonValueKind.String || reference.GetString() is not { } pointer || !pointer.StartsWith('#') || hops > 16)
            {
                throw Refuse(at, "has a $ref that leads nowhere within the file");
            }

            (schema, at) = (Follow(pointer, at), pointer);
        }
    }

    // RFC 6901; the names in these files need none of its escapes.
    private JsonElement Follow(string pointer, string from)
    {
        var schema = _root;
        foreach (var step in pointer.Split('/').Skip(1))
        {
            if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty(step, out schema))
            {
                throw Refuse(from, $"refers to {pointer}, which is not there");
            }
        }

        return schema;
    }

    private int Types(SchemaKeywords keywords, string at)
    {
        if (keywords.Take("type") is not { } type)
        {
            return SchemaNode.AllTypes;
        }

        var names = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : new[] { type };
        return names.Length > 0 && names.All(name => name.ValueKind == JsonValueKind.String && TypeBits.ContainsKey(name.GetString()!))
            ? names.Aggregate(0, (bits, name) => bits | TypeBits[name.GetString()!])
            : throw Refuse(at, "has a type that does not exist");
    }

    private List<string>? Values(SchemaKeywords keywords, string at)
    {
        JsonElement[]? values = keywords.Take("const") is { } constant ? [constant]
            : keywords.Take("enum") is not { } choice ? null
            : choice.ValueKind == JsonValueKind.Array ? [.. choice.EnumerateArray()]
            : [];
        return values is null ? null : values.Length > 0 && values.All(value => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            ? [.. values.Select(value => SchemaText.Of(value))]
            : throw Refuse(at, "has an enum or const that is not a list of strings, numbers and literals");
    }

    private int? Count(SchemaKeywords keywords, string keyword, string at) => keywords.Take(keyword) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } count when count.TryGetInt32(out var value) && value is >= 0 and < SchemaTable.Unlimited => value,
        _ => throw Refuse(at, string.Create(CultureInfo.InvariantCulture, $"has a {keyword} that is not a count below {SchemaTable.Unlimited}")),
    };

    private SchemaException Refuse(string at, string what) =>
        new("001", $"{_file}: {at} {what}.", "Keep to the subset that firmware/schemas/README.md declares.");
}
