using System;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Tests.Chips;

/// <summary>Recorded summaries, changed field by field.</summary>
internal static class SummaryText
{
    public static EfuseSummary Read(string output) => EfuseSummaryReader.Read(Encoding.UTF8.GetBytes(output));

    public static string Set(this string output, string field, JsonNode value, string property = "value")
    {
        var start = output.IndexOf("\n{", StringComparison.Ordinal);
        var json = JsonNode.Parse(output[start..])!;
        json[field]![property] = value;
        return output[..start] + "\n" + json.ToJsonString();
    }

    /// <summary>Sets the number of a field, as espefuse would write it.</summary>
    public static string Burn(this string output, string field, uint value)
    {
        var start = output.IndexOf("\n{", StringComparison.Ordinal);
        var kind = JsonNode.Parse(output[start..])![field]!["efuse_type"]!.GetValue<string>();
        return output.Set(field, kind == "bool" ? JsonValue.Create(value != 0) : JsonValue.Create(value));
    }

    /// <summary>Puts a flash key into BLOCK1, byte-reversed as espefuse burns it.</summary>
    public static string BurnKey(this string output, byte[] key, bool readable = true, bool writeable = true) =>
        output.Set("BLOCK1", readable ? string.Join(' ', key.Reverse().Select(b => b.ToString("x2"))) : string.Join(' ', key.Select(_ => "??")))
            .Set("BLOCK1", readable, "readable")
            .Set("BLOCK1", writeable, "writeable");

    /// <summary>Puts the digest of a signing key into BLOCK2, as it is.</summary>
    public static string BurnDigest(this string output, byte[] digest, bool readable = true, bool writeable = false) =>
        output.Set("BLOCK2", string.Join(' ', digest.Select(b => readable ? b.ToString("x2") : "??")))
            .Set("BLOCK2", readable, "readable")
            .Set("BLOCK2", writeable, "writeable");
}
