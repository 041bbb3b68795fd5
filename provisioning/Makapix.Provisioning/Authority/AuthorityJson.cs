using System.Text.Json;
using System.Text.Json.Serialization;

namespace Makapix.Provisioning.Authority;

/// <summary>How the authority reads and writes JSON: nothing unknown, nothing missing, nothing twice.</summary>
internal static class AuthorityJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };
}
