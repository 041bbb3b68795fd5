using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Makapix.Provisioning.Chips;

/// <summary>
/// Reads the answer to <c>espefuse dump summary --format json</c> from the bytes in which it came. A key block that is not
/// read-protected yet shows its key there: it is hashed out of those bytes, and never becomes a string.
/// </summary>
public static class EfuseSummaryReader
{
    private const int MaxBlockBytes = 32;
    private const string Calibration = "calibration";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>Reads stdout of espefuse: its banner, the blocks as they are, then one JSON object.</summary>
    /// <exception cref="ChipException">It is not understood.</exception>
    public static EfuseSummary Read(ReadOnlyMemory<byte> output)
    {
        var start = output.Span.IndexOf("\n{"u8);
        if (start < 0)
        {
            throw Garbled("there is no summary in it");
        }

        try
        {
            using var json = JsonDocument.Parse(output[start..], Strict);
            return Read(json.RootElement, Block0.Find(output.Span[..start]));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // Without the inner exception: the text of a JSON error may quote what it met.
            throw Garbled("the summary is damaged");
        }
    }

    private static EfuseSummary Read(JsonElement root, Block0? block0)
    {
        var fields = new List<EfuseField>();
        var blocks = new List<EfuseBlock>();
        MacAddress? mac = null;
        foreach (var property in root.EnumerateObject())
        {
            var name = property.Name;
            var item = property.Value;
            if (item.GetProperty("name").GetString() != name)
            {
                throw Garbled($"{name} has two names");
            }

            if (name.StartsWith("BLOCK", StringComparison.Ordinal))
            {
                blocks.Add(Block(name, item));
            }
            else if (name == "MAC")
            {
                mac = Mac(item.GetProperty("value").GetString());
            }
            else
            {
                fields.Add(Field(name, item, block0));
            }
        }

        return new EfuseSummary(mac ?? throw Garbled("the MAC address is missing"), fields, blocks);
    }

    private static EfuseField Field(string name, JsonElement item, Block0? block0)
    {
        if (!item.GetProperty("readable").GetBoolean())
        {
            return new EfuseField(name, null, null);
        }

        // What espefuse computes from other fields has no place; what is not in BLOCK0 decides nothing, and calibration may be negative or a fraction.
        var isMeasure = item.GetProperty("block").GetInt32() != 0 || item.GetProperty("category").GetString() == Calibration;
        var raw = isMeasure || item.GetProperty("word").ValueKind == JsonValueKind.Null ? null : Raw(name, item, block0);
        var value = item.GetProperty("value");
        var field = value.ValueKind switch
        {
            JsonValueKind.True => new EfuseField(name, 1, null),
            JsonValueKind.False => new EfuseField(name, 0, null),
            JsonValueKind.Number => new EfuseField(name, isMeasure ? value.TryGetUInt32(out var measure) ? measure : null : value.GetUInt32(), null),
            JsonValueKind.String => new EfuseField(name, raw, value.GetString()),
            _ => throw Garbled($"{name} has no value"),
        };
        return raw is null || raw == field.Value ? field : throw Garbled($"{name} is {field.Value} in the summary and {raw} in BLOCK0");
    }

    private static uint? Raw(string name, JsonElement item, Block0? block0) =>
        block0 is null
            ? null
            : block0.Bits(item.GetProperty("word").GetInt32(), item.GetProperty("pos").GetInt32(), item.GetProperty("bit_len").GetInt32()) ?? throw Garbled($"{name} lies outside BLOCK0");

    private static EfuseBlock Block(string name, JsonElement item)
    {
        var readable = item.GetProperty("readable").GetBoolean();
        var writeable = item.GetProperty("writeable").GetBoolean();
        if (!readable)
        {
            return new EfuseBlock(name, false, writeable, IsEmpty: false, KeyHash: null);
        }

        // With coding scheme 3/4 a block holds 24 bytes, with none 32.
        var json = JsonMarshal.GetRawUtf8Value(item.GetProperty("value"));
        Span<byte> content = stackalloc byte[MaxBlockBytes];
        content = content[..Math.Min(MaxBlockBytes, json.Length / 3)];
        try
        {
            if (content.IsEmpty || !TryReadHex(json, content))
            {
                throw Garbled($"{name} is damaged");
            }

            var empty = content.IndexOfAnyExcept((byte)0) < 0;
            content.Reverse();
            return new EfuseBlock(name, true, writeable, empty, empty ? null : Convert.ToHexStringLower(SHA256.HashData(content)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Reads <c>"00 11 … ff"</c>, quotes included.</summary>
    private static bool TryReadHex(ReadOnlySpan<byte> json, Span<byte> bytes)
    {
        if (json.Length != (bytes.Length * 3) + 1)
        {
            return false;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            var high = Digit(json[1 + (i * 3)]);
            var low = Digit(json[2 + (i * 3)]);
            if (high < 0 || low < 0 || (i < bytes.Length - 1 && json[3 + (i * 3)] != ' '))
            {
                return false;
            }

            bytes[i] = (byte)((high << 4) | low);
        }

        return true;
    }

    private static int Digit(byte c) => char.IsAsciiHexDigit((char)c) ? ((c & 0xF) + ((c & 0x40) != 0 ? 9 : 0)) : -1;

    private static MacAddress Mac(string? text)
    {
        // "24:0a:c4:00:11:22 (CRC 0x5f OK)"; "… (OK)" on a chip whose blocks correct their own errors
        const int length = 17;
        return text is { Length: > length } && MacAddress.TryParse(text.AsSpan(0, length), out var mac) && (text[length..] == " (OK)" || (text.AsSpan(length).StartsWith(" (CRC 0x", StringComparison.Ordinal) && text.EndsWith(" OK)", StringComparison.Ordinal)))
            ? mac
            : throw Garbled($"the MAC address is damaged: {ToolFailure.Clean(text ?? "none")}");
    }

    private static ChipException Garbled(string what) => ToolFailure.NotUnderstood(Espefuse.Tool, what);
}
