using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Makapix.Conformance;

/// <summary>
/// Makes payloads of a schema: some valid, some with flaws that somebody thought of (a limit passed by one, a member missing, doubled or unknown, another type,
/// another spelling of the same), some with bytes changed at random. The same seed makes the same payloads.
/// </summary>
public sealed partial class PayloadGenerator
{
    private readonly JsonElement _root;
    private readonly Random _random;
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes("{}[]\",:\\u0eE.+-truefalsn 1dD8\n\t\x7f");
    private int _flawsLeft;
    private int _depth;

    /// <summary>Creates one.</summary>
    /// <param name="schema">The schema's text.</param>
    /// <param name="seed">Which payloads.</param>
    public PayloadGenerator(string schema, int seed)
    {
        using var document = JsonDocument.Parse(schema);
        _root = document.RootElement.Clone();
        _random = new Random(seed);
    }

    /// <summary>The next payload.</summary>
    public byte[] Next()
    {
        var kind = _random.Next(10);
        _flawsLeft = kind < 4 ? 0 : kind < 8 ? 1 + _random.Next(2) : 0;
        _depth = 0;
        var payload = Encoding.UTF8.GetBytes(Space() + Value(_root) + Space());
        return kind < 8 ? payload : Damage(payload);
    }

    private string Value(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || Flaw(12))
        {
            return Anything(2);
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Value(reference.GetString()!.Split('/').Skip(1).Aggregate(_root, (at, step) => at.GetProperty(step)));
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            return Constant(constant);
        }

        if (schema.TryGetProperty("enum", out var choice))
        {
            return Constant(choice[_random.Next(choice.GetArrayLength())]);
        }

        return Typed(schema, !schema.TryGetProperty("type", out var type) ? Pick("object", "string", "integer", "null")
            : type.ValueKind == JsonValueKind.Array ? type[_random.Next(type.GetArrayLength())].GetString()! : type.GetString()!);
    }

    private string Typed(JsonElement schema, string type) => type switch
    {
        "object" => Object(schema),
        "array" => Array(schema),
        "string" => Text(schema),
        "integer" => Number(schema, whole: true),
        "number" => Number(schema, whole: _random.Next(2) == 0),
        "boolean" => Pick("true", "false"),
        _ => "null",
    };

    private string Array(JsonElement schema)
    {
        var (least, most) = (Limit(schema, "minItems") ?? 0, Limit(schema, "maxItems") ?? 6);
        var count = Flaw(6) ? Pick(least - 1, most + 1) : _random.Next(12) == 0 ? most : least + _random.Next(Math.Min(4, most - least + 1));
        var prefix = schema.TryGetProperty("prefixItems", out var first) ? first.EnumerateArray().ToList() : [];
        var others = schema.TryGetProperty("items", out var items) ? items : default;
        return $"[{string.Join(",", Enumerable.Range(0, Math.Max(count, 0)).Select(i => Space() + Value(i < prefix.Count ? prefix[i] : others)))}{Space()}]";
    }

    private string Object(JsonElement schema)
    {
        _depth++;
        var (properties, required) = Members(schema);
        var closed = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False;
        var members = new List<string>();
        foreach (var (name, rule) in properties)
        {
            if (required.Contains(name) ? !Flaw(10) : _random.Next(3) == 0)
            {
                members.Add(Member(name, Value(rule)));
            }
        }

        if (additional.ValueKind == JsonValueKind.Object)
        {
            members.AddRange(Enumerable.Range(0, _random.Next(4)).Select(i => Member($"n{i}", Value(additional))));
        }
        else if (closed ? Flaw(10) : _random.Next(6) == 0)
        {
            members.Add(Member(Pick("x", "valu", "Value", "é", ""), Anything(2)));
        }

        if (members.Count > 0 && Flaw(12))
        {
            members.Add(Pick(members.ToArray()));
        }

        if (_random.Next(2) == 0)
        {
            _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(members));
        }

        _depth--;
        return $"{{{string.Join(",", members)}{Space()}}}";
    }

    /// <summary>The members of an object, those of one branch of oneOf among them.</summary>
    private (List<KeyValuePair<string, JsonElement>> Properties, HashSet<string> Required) Members(JsonElement schema)
    {
        Dictionary<string, JsonElement> properties = [];
        HashSet<string> required = [];
        for (JsonElement? next = schema; next is { } part;)
        {
            next = null;
            if (part.TryGetProperty("$ref", out var reference))
            {
                next = reference.GetString()!.Split('/').Skip(1).Aggregate(_root, (at, step) => at.GetProperty(step));
                continue;
            }

            foreach (var property in part.TryGetProperty("properties", out var own) ? own.EnumerateObject() : default)
            {
                properties[property.Name] = property.Value;
            }

            required.UnionWith(part.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : []);
            if (part.TryGetProperty("oneOf", out var branches))
            {
                next = branches[_random.Next(branches.GetArrayLength())];
            }
        }

        return ([.. properties], required);
    }

    private string Member(string name, string value) => $"{Space()}{Quote(name)}{Space()}:{Space()}{value}";

    private byte[] Damage(byte[] payload)
    {
        var bytes = new List<byte>(payload);
        for (var edits = _random.Next(1, 4); edits > 0 && bytes.Count > 0; edits--)
        {
            var at = _random.Next(bytes.Count);
            var value = _random.Next(8) == 0 ? (byte)_random.Next(256) : Pick(_bytes);
            switch (_random.Next(4))
            {
                case 0: bytes[at] = value; break;
                case 1: bytes.Insert(at, value); break;
                case 2: bytes.RemoveAt(at); break;
                default: bytes.RemoveRange(at, Math.Min(bytes.Count - at, _random.Next(6))); break;
            }
        }

        return [.. bytes];
    }

    private bool Flaw(int oneIn)
    {
        if (_flawsLeft == 0 || _random.Next(oneIn) != 0)
        {
            return false;
        }

        _flawsLeft--;
        return true;
    }

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private string Space() => _random.Next(10) == 0 ? Pick(" ", "\n", "\t ", "\r\n") : "";

    private static int? Limit(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var limit) ? limit.GetInt32() : null;
}
