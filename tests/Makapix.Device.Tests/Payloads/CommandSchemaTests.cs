using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Payloads;

/// <summary>The schema says what the guard's table of verdicts was written for; whoever changes it is sent there, and to the guard.</summary>
[TestClass]
public sealed class CommandSchemaTests
{
    [TestMethod]
    [DataRow("/type", "\"object\"")]
    [DataRow("/required", """["command_id","command_type","payload","timestamp"]""")]
    [DataRow("/properties/command_id", """{"type":"string","format":"uuid"}""")]
    [DataRow("/properties/command_type", """{"type":"string","minLength":1,"maxLength":32}""")]
    [DataRow("/properties/payload", """{"type":"object"}""")]
    [DataRow("/properties/timestamp", """{"type":"string","format":"date-time","maxLength":64}""")]
    [DataRow("/oneOf", """[{"properties":{"command_type":{"const":"set_brightness"},"payload":{"$ref":"#/$defs/set_brightness"}}}]""")]
    [DataRow("/$defs/set_brightness/required", """["value"]""")]
    [DataRow("/$defs/set_brightness/properties", """{"value":{"type":"integer","minimum":-2147483648,"maximum":2147483647}}""")]
    public void The_guard_was_written_for_this_clause(string pointer, string clause)
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "../../../firmware/schemas/command.schema.json")));
        JsonElement at = pointer[1..].Split('/').Aggregate(schema.RootElement, (element, step) => element.GetProperty(step));
        using JsonDocument expected = JsonDocument.Parse(clause);

        Assert.IsTrue(JsonElement.DeepEquals(expected.RootElement, at), at.GetRawText());
    }

    private static string Here([CallerFilePath] string here = "") => here;
}
