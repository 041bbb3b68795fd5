using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Makapix.Device.Payloads;

namespace Makapix.Device.Host.Schemas;

/// <summary>Numbers, strings and arrays.</summary>
internal sealed partial class SchemaParser
{
    // Far longer than any bound of use; the device compares bounds digit by digit.
    private const int LongestBound = 40;

    private NumberRule? Number(SchemaKeywords keywords, string at)
    {
        var (minimum, exclusiveMinimum) = Bound(keywords, "minimum", "exclusiveMinimum", at);
        var (maximum, exclusiveMaximum) = Bound(keywords, "maximum", "exclusiveMaximum", at);
        int? divisor = keywords.Take("multipleOf") switch
        {
            null => null,
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) && value > 0 => value,
            _ => throw Refuse(at, "has a multipleOf that is not a positive integer of 31 bits"),
        };
        return minimum is null && maximum is null && divisor is null
            ? null
            : new NumberRule(minimum, exclusiveMinimum, maximum, exclusiveMaximum, divisor);
    }

    private (string? Bound, bool Exclusive) Bound(SchemaKeywords keywords, string inclusive, string exclusive, string at)
    {
        var (bound, beyond) = (keywords.Take(inclusive), keywords.Take(exclusive));
        if (bound is not null && beyond is not null)
        {
            throw Refuse(at, $"has both {inclusive} and {exclusive}");
        }

        return (bound ?? beyond) switch
        {
            null => (null, false),
            { ValueKind: JsonValueKind.Number } number when number.GetRawText().Length <= LongestBound && !number.GetRawText().Contains('e', System.StringComparison.OrdinalIgnoreCase)
                => (number.GetRawText(), beyond is not null),
            _ => throw Refuse(at, $"has a {(bound is null ? exclusive : inclusive)} that is not a plain number"),
        };
    }

    private StringRule? String(SchemaKeywords keywords, string at)
    {
        var (minimum, maximum) = (Count(keywords, "minLength", at), Count(keywords, "maxLength", at));
        var format = keywords.Take("format") switch
        {
            null => SchemaTable.NoFormat,
            { ValueKind: JsonValueKind.String } name when name.ValueEquals("uuid") => SchemaTable.UuidFormat,
            { ValueKind: JsonValueKind.String } name when name.ValueEquals("date-time") => SchemaTable.DateTimeFormat,
            _ => throw Refuse(at, "has a format that the device does not enforce"),
        };
        return minimum is null && maximum is null && format == SchemaTable.NoFormat ? null : new StringRule(minimum ?? 0, maximum, format);
    }

    private ArrayRule? Array(SchemaKeywords keywords, string at)
    {
        var (minimum, maximum) = (Count(keywords, "minItems", at), Count(keywords, "maxItems", at));
        var items = keywords.Take("items");
        List<SchemaNode> prefix = [];
        if (keywords.Take("prefixItems") is { } first)
        {
            prefix = first.ValueKind == JsonValueKind.Array
                ? [.. first.EnumerateArray().Select((item, i) => Parse(item, $"{at}/prefixItems/{i}"))]
                : throw Refuse(at, "has prefixItems that are no list");
        }

        return minimum is null && maximum is null && items is null && prefix.Count == 0
            ? null
            : new ArrayRule(prefix, ParseOrNothing(items, $"{at}/items"), minimum ?? 0, maximum);
    }

    /// <summary>A schema that may be false, or not there.</summary>
    private SchemaNode ParseOrNothing(JsonElement? schema, string at) => schema switch
    {
        null => SchemaNode.Any,
        { ValueKind: JsonValueKind.False } => SchemaNode.Nothing,
        { } rule => Parse(rule, at),
    };
}
