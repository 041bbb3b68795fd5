using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Makapix.Device.Payloads;

namespace Makapix.Device.Host.Schemas;

/// <summary>Objects, and oneOf by a discriminator.</summary>
internal sealed partial class SchemaParser
{
    private ObjectRule? Object(SchemaKeywords keywords, string at)
    {
        var (minimum, maximum) = (Count(keywords, "minProperties", at), Count(keywords, "maxProperties", at));
        var (properties, required, additional) = (keywords.Take("properties"), keywords.Take("required"), keywords.Take("additionalProperties"));
        if (minimum is null && maximum is null && properties is null && required is null && additional is null)
        {
            return null;
        }

        if (properties is { ValueKind: not JsonValueKind.Object } || required is { ValueKind: not JsonValueKind.Array })
        {
            throw Refuse(at, "has properties or required that are none");
        }

        string[] demanded = [.. (required?.EnumerateArray() ?? []).Select(name => name.GetString() ?? "")];
        List<PropertyRule> rules =
        [
            .. (properties?.EnumerateObject() ?? []).Select(p => new PropertyRule(p.Name, Parse(p.Value, $"{at}/properties/{p.Name}"), demanded.Contains(p.Name))),
        ];

        // What is demanded and not described is one of the others.
        var others = ParseOrNothing(additional, $"{at}/additionalProperties");
        rules.AddRange(demanded.Except(rules.Select(rule => rule.Name)).Select(name => new PropertyRule(name, others, true)));
        if (rules.Any(rule => rule.Node == SchemaNode.Nothing))
        {
            throw Refuse(at, "demands a property that it does not allow");
        }

        if (rules.Count > SchemaTable.MaxProperties)
        {
            throw Refuse(at, $"has more than {SchemaTable.MaxProperties} properties");
        }

        return new ObjectRule(rules, others, minimum ?? 0, maximum);
    }

    private void Branches(SchemaNode node, SchemaKeywords keywords, string at)
    {
        if (keywords.Take("oneOf") is not { } oneOf)
        {
            return;
        }

        if (oneOf.ValueKind != JsonValueKind.Array || node.Types != SchemaTable.Object || oneOf.GetArrayLength() == 0)
        {
            throw Refuse(at, "has a oneOf that is no list, or whose type is not object alone");
        }

        SchemaNode[] branches = [.. oneOf.EnumerateArray().Select((branch, i) => Parse(branch, $"{at}/oneOf/{i}"))];
        if (new SchemaBranches(node.Object, branches).TryMerge(out var rule, out var choice, out var problem))
        {
            (node.Object, node.Switch) = (rule, choice);
            return;
        }

        throw Refuse(at, problem);
    }
}
