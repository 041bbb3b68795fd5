using System;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Makapix.Conformance;

/// <summary>Single values, and their many spellings.</summary>
public sealed partial class PayloadGenerator
{
    private string Constant(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!;
            return Quote(Flaw(8) ? Pick(text + " ", text.ToUpperInvariant(), text.Length > 0 ? text[1..] : "x", "") : text);
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole) ? Spell(whole) : value.GetRawText();
    }

    private string Number(JsonElement schema, bool whole)
    {
        var minimum = Bound(schema, "minimum") ?? (Bound(schema, "exclusiveMinimum") + 1) ?? -1000;
        var maximum = Bound(schema, "maximum") ?? (Bound(schema, "exclusiveMaximum") - 1) ?? BigInteger.Max(minimum, 0) + 100000;
        if (Flaw(3))
        {
            return Pick(
                Spell(minimum - 1), Spell(maximum + 1), $"{maximum}.5", $"{minimum}.000000000000000000001", "1e400", "-1e400", "1e-400", "1e4294967296",
                "-1E99999999999", "18446744073709551616", "9223372036854775808", "-9223372036854775809", new string('9', 60), "0.1", "-0.0", "123456789012345678901234567890e-20");
        }

        var value = _random.Next(6) switch
        {
            0 => minimum,
            1 => maximum,
            _ => minimum + (BigInteger.Abs(maximum - minimum) * _random.Next(1 << 20) / (1 << 20)),
        };
        if (Limit(schema, "multipleOf") is { } divisor && _random.Next(4) > 0)
        {
            value -= value % divisor;
        }

        return whole ? Spell(value) : _random.Next(3) > 0 ? $"{value}.{_random.Next(1, 1000)}" : AtBound(schema);
    }

    private string Spell(BigInteger value) => _random.Next(12) switch
    {
        0 => $"{value}.0",
        1 => $"{value}e0",
        2 => $"{value}0e-1",
        3 => $"{value}.000E+0",
        4 when value == 0 => "-0",
        5 when value == 0 => "0e99999999999",
        6 when value != 0 => $"{(value < 0 ? "-" : "")}0.{BigInteger.Abs(value)}e{BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture).Length}",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A bound itself, in another spelling, or missed by as little as can be written down.</summary>
    private string AtBound(JsonElement schema)
    {
        var keyword = Pick("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum");
        var bound = schema.TryGetProperty(keyword, out var value) ? value.GetRawText() : "0";
        bound += bound.Contains('.', StringComparison.Ordinal) ? "" : ".0";
        return Pick(bound, $"{bound}000", $"{bound}e-0", $"{bound}000000000000000000000001", $"{(bound.StartsWith('-') ? bound[1..] : $"-{bound}")}");
    }

    private static BigInteger? Bound(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var bound) ? BigInteger.Parse(bound.GetRawText().Split('.')[0], CultureInfo.InvariantCulture) : null;

    private string Text(JsonElement schema)
    {
        var format = schema.TryGetProperty("format", out var name) ? name.GetString() : null;
        if (format is not null && !Flaw(10))
        {
            var text = format == "uuid" ? Identifier() : Moment();
            return Quote(text.Length <= (Limit(schema, "maxLength") ?? text.Length) ? text : "2026-08-19T12:34:56Z");
        }

        var (least, most) = (Limit(schema, "minLength") ?? 0, Limit(schema, "maxLength") ?? 40);
        var length = Flaw(4) ? Pick(least - 1, most + 1) : _random.Next(8) == 0 ? Pick(least, most) : least + _random.Next(Math.Min(24, most - least + 1));
        return Quote(string.Concat(Enumerable.Range(0, Math.Max(length, 0)).Select(_ => Character())));
    }

    private string Character() => _random.Next(20) switch
    {
        0 => "é",
        1 => "中",
        2 => "😀",
        3 => Pick("\"", "\\", "/", "\n", "\0", "\x7f", "\uFFFF", "\uD7FF", "\uE000", "\U0010FFFF"),
        _ => ((char)('a' + _random.Next(26))).ToString(),
    };

    private string Identifier()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        var id = new Guid(bytes).ToString();
        id = _random.Next(4) == 0 ? id.ToUpperInvariant() : id;
        return !Flaw(3) ? id : Pick(
            id.Replace("-", "", StringComparison.Ordinal), $"{{{id}}}", id[1..], $"{id}0", $"urn:uuid:{id}", id.Replace('-', '_'), $"{id[..^1]}g", $"{id[..^1]}１", $" {id}",
            $"{id[..7]}-{id[7]}{id[9..]}", $"{id}\0", $"{id[..^1]}\u0130");
    }

    private string Moment()
    {
        var date = new DateTime(_random.Next(1, 10000), _random.Next(1, 13), _random.Next(1, 29), _random.Next(24), _random.Next(60), _random.Next(60), DateTimeKind.Utc);
        var text = date.ToString(Pick("yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.fff", "yyyy-MM-ddTHH:mm:ss.ffffff", "yyyy-MM-ddtHH:mm:ss"), CultureInfo.InvariantCulture);
        var moment = text + Pick("Z", "z", "+00:00", "-00:00", "+05:30", "-23:59", "Z");
        return !Flaw(3)
            ? _random.Next(10) == 0 ? Pick("2016-12-31T23:59:60Z", "1972-06-30T16:59:60.5-07:00", "0000-02-29T00:00:00Z", "1970-01-01T00:00:00+01:00", "2000-02-29T23:59:59.999999999Z") : moment
            : Pick(
                text, moment.Replace('T', ' '), $"{moment} ", moment[1..], $"{text}+24:00", $"{text}+00:60", $"{text}+0000", $"{text}.Z", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
                "2023-13-01T00:00:00Z", "2023-00-10T00:00:00Z", "2023-01-00T00:00:00Z", "2023-04-31T00:00:00Z", "2023-01-01T24:00:00Z", "2023-01-01T00:60:00Z",
                "2023-01-01T00:00:60Z", "2016-12-31T23:59:61Z", "2016-12-31T23:59:60+01:00", "２023-01-01T00:00:00Z", "-001-01-01T00:00:00Z", "2023-01-01T00:00:00.123456789012345678901234567890123456789012Z");
    }

    /// <summary>Any JSON at all; now and then nested to the limit or beyond.</summary>
    private string Anything(int nesting) => _random.Next(nesting > 0 ? 16 : 11) switch
    {
        0 => "null",
        1 => "true",
        2 => "false",
        3 => "0",
        4 => "-1.5e3",
        5 => Spell(_random.Next()),
        6 or 7 => Quote(string.Concat(Enumerable.Range(0, _random.Next(8)).Select(_ => Character()))),
        8 => "[]",
        9 => "{}",
        10 => "\"\"",
        11 or 12 => $"[{Anything(nesting - 1)},{Anything(nesting - 1)}]",
        13 => $"{{{Member("a", Anything(nesting - 1))},{Member(Pick("b", "c", Flaw(3) ? "a" : "d"), Anything(nesting - 1))}}}",
        14 => Member("k", Anything(0)) is var member ? $"{{{member}}}" : "",
        _ => Nest(_random.Next(3) == 0 ? JsonNesting + 1 - _depth : _random.Next(1, JsonNesting - _depth)),
    };

    private const int JsonNesting = 16;

    private static string Nest(int levels) => new string('[', Math.Max(levels, 0)) + "1" + new string(']', Math.Max(levels, 0));

    /// <summary>A string in one of its spellings.</summary>
    private string Quote(string text)
    {
        var escapes = _random.Next(8) == 0;
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\' || (c == '/' && escapes))
            {
                json.Append('\\').Append(c);
            }
            else if (c == '\n' && escapes)
            {
                json.Append("\\n");
            }
            else if (c < ' ' || (escapes && _random.Next(2) == 0 && !char.IsSurrogate(c)) || (char.IsSurrogate(c) && escapes))
            {
                json.Append("\\u").Append(((int)c).ToString(_random.Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture));
            }
            else
            {
                json.Append(c);
            }
        }

        return json.Append('"').ToString();
    }
}
