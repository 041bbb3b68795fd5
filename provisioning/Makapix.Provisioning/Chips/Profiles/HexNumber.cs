using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>A number that a profile has in the form of data sheets: <c>"0x1E0000"</c>. JSON knows no such numbers.</summary>
internal sealed class HexNumber : JsonConverter<uint>
{
    public override uint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? reader.GetUInt32()
            : reader.GetString() is { } text && text.StartsWith("0x", StringComparison.Ordinal)
                && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, uint value, JsonSerializerOptions options) => writer.WriteStringValue($"0x{value:X}");
}
