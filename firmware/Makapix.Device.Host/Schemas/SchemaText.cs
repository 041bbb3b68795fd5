using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Makapix.Device.Host.Schemas;

/// <summary>Names and values as the table has them: JSON with no more escapes than it needs, and without the closing quote that the length makes superfluous.</summary>
internal static class SchemaText
{
    public static string Of(JsonElement value) => value.ValueKind == JsonValueKind.String ? "\"" + Of(value.GetString()!) : value.GetRawText();

    public static string Of(string name) => string.Concat(name.Select(c => c switch
    {
        '"' or '\\' => $"\\{c}",
        < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => c.ToString(),
    }));

    /// <summary>Length and bytes.</summary>
    public static byte[] Encode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= byte.MaxValue ? [(byte)bytes.Length, .. bytes] : throw new ArgumentException("A text of a table has at most 255 bytes.", nameof(text));
    }
}
