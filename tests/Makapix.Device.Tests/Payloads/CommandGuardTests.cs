using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Makapix.Device.Payloads;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Payloads;

/// <summary>The guard against <c>firmware/schemas/command.schema.json</c>: each verdict names the clause that asks for it, and the clause must be there.</summary>
[TestClass]
public sealed class CommandGuardTests
{
    private const string Id = "2f1c7b1e-0d5a-4c39-8e54-0a6b7c8d9e0f";
    private const string Time = "2026-08-19T12:34:56.123456+00:00";

    [TestMethod]
    [DynamicData(nameof(Accepted))]
    public void Valid_payloads_are_accepted(string clause, string payload, int value)
    {
        AssertClause(clause);
        var guard = new CommandGuard();

        Assert.AreEqual(RejectCause.None, Inspect(guard, payload), payload);
        Assert.AreEqual(CommandType.SetBrightness, guard.Type);
        Assert.AreEqual(value, guard.Value);
    }

    public static IEnumerable<object[]> Accepted() => new (string Clause, string Payload, int Value)[]
    {
        ("/required", Command(), 42),
        ("/properties/command_id/format", Command(id: Id.ToUpperInvariant()), 42),
        ("/properties/timestamp/format", Command(time: "2026-08-19T12:34:56Z"), 42),
        ("/properties/timestamp/format", Command(time: "2026-08-19t14:34:56.5+02:00"), 42),
        ("/properties/timestamp/format", Command(time: "2026-06-30T23:59:60Z"), 42),
        ("/$defs/set_brightness/properties/value/type", Command(value: "42.0"), 42),
        ("/$defs/set_brightness/properties/value/type", Command(value: "4.2e1"), 42),
        ("/$defs/set_brightness/properties/value/type", Command(value: "420E-1"), 42),
        ("/$defs/set_brightness/properties/value/type", Command(value: "-0"), 0),
        ("/$defs/set_brightness/properties/value/type", Command(value: "0e999999999"), 0),
        ("/$defs/set_brightness/properties/value/type", Command(value: "0." + new string('0', 2000) + "1e2001"), 1),
        ("/$defs/set_brightness/properties/value/maximum", Command(value: "2147483647"), int.MaxValue),
        ("/$defs/set_brightness/properties/value/minimum", Command(value: "-2147483648"), int.MinValue),
        ("/properties", Command(extra: """, "grown_later": {"command_id": 1, "payload": [{"value": 7}]}"""), 42),
        ("/properties", Command(payload: """{"fade_ms": {"value": 9}, "value": 42, "why": [1, "x"]}"""), 42),
        ("/properties", $$"""{"timestamp":"{{Time}}","payload":{"value":42},"command_type":"set_brightness","command_id":"{{Id}}"}""", 42),
        ("/properties", $$"""{"\u0063ommand_id":"{{Id}}","command_type":"set\u005fbrightness","payload":{"v\u0061lue":42},"timestamp":"{{Time}}"}""", 42),
    }.Select(r => new object[] { r.Clause, r.Payload, r.Value });

    [TestMethod]
    [DynamicData(nameof(Rejected))]
    public void Invalid_payloads_are_rejected(string clause, string payload, RejectCause cause)
    {
        AssertClause(clause);

        Assert.AreEqual(cause, Inspect(new CommandGuard(), payload), payload);
    }

    public static IEnumerable<object[]> Rejected() => new (string Clause, string Payload, RejectCause Cause)[]
    {
        ("/type", "[]", RejectCause.Envelope),
        ("/type", "null", RejectCause.Envelope),
        ("/type", "\"set_brightness\"", RejectCause.Envelope),
        ("/type", $"[{Command()}]", RejectCause.Envelope),
        ("/required", "{}", RejectCause.Envelope),
        ("/required", $$"""{"command_type":"set_brightness","payload":{"value":42},"timestamp":"{{Time}}"}""", RejectCause.Envelope),
        ("/required", $$"""{"command_id":"{{Id}}","payload":{"value":42},"timestamp":"{{Time}}"}""", RejectCause.Envelope),
        ("/required", $$"""{"command_id":"{{Id}}","command_type":"set_brightness","timestamp":"{{Time}}"}""", RejectCause.Envelope),
        ("/required", $$$"""{"command_id":"{{{Id}}}","command_type":"set_brightness","payload":{"value":42}}""", RejectCause.Envelope),
        ("/required", $$$"""{"x":{"command_id":"{{{Id}}}","command_type":"set_brightness","payload":{"value":42},"timestamp":"{{{Time}}}"}}""", RejectCause.Envelope),
        ("/properties/command_id/type", Command().Replace($"\"{Id}\"", "7", StringComparison.Ordinal), RejectCause.Envelope),
        ("/properties/command_id/type", Command().Replace($"\"{Id}\"", $"[\"{Id}\"]", StringComparison.Ordinal), RejectCause.Envelope),
        ("/properties/command_id/format", Command(id: ""), RejectCause.Envelope),
        ("/properties/command_id/format", Command(id: Id.Replace("-", "", StringComparison.Ordinal)), RejectCause.Envelope),
        ("/properties/command_id/format", Command(id: "{" + Id + "}"), RejectCause.Envelope),
        ("/properties/command_id/format", Command(id: Id[..^1] + "g"), RejectCause.Envelope),
        ("/properties/command_id/format", Command(id: Id[..^1] + "\\u00ff"), RejectCause.Envelope),
        ("/properties/command_id/format", Command(id: Id + "\\u0000"), RejectCause.Envelope),
        ("/properties/command_type/type", Command().Replace("\"set_brightness\"", "null", StringComparison.Ordinal), RejectCause.Envelope),
        ("/properties/command_type/minLength", Command(type: ""), RejectCause.Envelope),
        ("/properties/command_type/maxLength", Command(type: new string('x', 33)), RejectCause.Envelope),
        ("/properties/payload/type", Command(payload: "[42]"), RejectCause.Envelope),
        ("/properties/payload/type", Command(payload: "42"), RejectCause.Envelope),
        ("/properties/payload/type", Command(payload: "null"), RejectCause.Envelope),
        ("/properties/timestamp/type", Command().Replace($"\"{Time}\"", "1787142896", StringComparison.Ordinal), RejectCause.Envelope),
        ("/properties/timestamp/format", Command(time: "yesterday"), RejectCause.Envelope),
        ("/properties/timestamp/format", Command(time: "2026-08-19 12:34:56Z"), RejectCause.Envelope),
        ("/properties/timestamp/format", Command(time: "2026-08-19T12:34:56"), RejectCause.Envelope),
        ("/properties/timestamp/format", Command(time: "2026-02-29T12:34:56Z"), RejectCause.Envelope),
        ("/properties/timestamp/format", Command(time: "2026-08-19T24:00:00Z"), RejectCause.Envelope),
        ("/properties/timestamp/format", Command(time: "2026-08-19T12:34:60Z"), RejectCause.Envelope),
        ("/properties/timestamp/format", Command(time: "2026-08-19T12:34:56.Z"), RejectCause.Envelope),
        ("/properties/timestamp/format", Command(time: "2026-08-19T12:34:56+24:00"), RejectCause.Envelope),
        ("/properties/timestamp/format", Command(time: "2026-08-19T12:34:56+0000"), RejectCause.Envelope),
        ("/properties/timestamp/format", Command(time: "2026-08-19T12:34:56ZZ"), RejectCause.Envelope),
        ("/properties/timestamp/maxLength", Command(time: "2026-08-19T12:34:56." + new string('0', 50) + "Z"), RejectCause.Envelope),
        ("/oneOf", Command(type: "show_artwork"), RejectCause.Unsupported),
        ("/oneOf", Command(type: new string('x', 32)), RejectCause.Unsupported),
        ("/oneOf", Command(type: string.Concat(Enumerable.Repeat("\\ud83d\\ude00", 32))), RejectCause.Unsupported),
        ("/oneOf/0/properties/command_type/const", Command(type: "set_brightness "), RejectCause.Unsupported),
        ("/oneOf/0/properties/command_type/const", Command(type: "Set_Brightness"), RejectCause.Unsupported),
        ("/$defs/set_brightness/required", Command(payload: "{}"), RejectCause.Schema),
        ("/$defs/set_brightness/required", Command(payload: """{"Value": 42}"""), RejectCause.Schema),
        ("/$defs/set_brightness/required", Command(payload: """{"x": {"value": 42}}"""), RejectCause.Schema),
        ("/$defs/set_brightness/required", Command(payload: "{}", extra: """, "value": 42"""), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/type", Command(value: "\"42\""), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/type", Command(value: "null"), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/type", Command(value: "true"), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/type", Command(value: "[42]"), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/type", Command(value: """{"value": 42}"""), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/type", Command(value: "42.5"), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/type", Command(value: "1e-1"), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/type", Command(value: "42.000000000000000000001"), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/maximum", Command(value: "2147483648"), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/minimum", Command(value: "-2147483649"), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/maximum", Command(value: "4294967338"), RejectCause.Schema), // 2^32 + 42
        ("/$defs/set_brightness/properties/value/maximum", Command(value: "18446744073709551658"), RejectCause.Schema), // 2^64 + 42
        ("/$defs/set_brightness/properties/value/maximum", Command(value: "1e400"), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/maximum", Command(value: "1e4294967296"), RejectCause.Schema),
        ("/$defs/set_brightness/properties/value/maximum", Command(value: new string('9', 7000)), RejectCause.Schema),
    }.Select(r => new object[] { r.Clause, r.Payload, r.Cause });

    [TestMethod]
    [DataRow("command id twice", """{"command_id":"a","command_id":"b"}""", RejectCause.DuplicateName)]
    [DataRow("value twice, the second spelled in escapes", """{"payload":{"value":1,"\u0076alue":99}}""", RejectCause.DuplicateName)]
    [DataRow("empty name twice", """{"":1,"":2}""", RejectCause.DuplicateName)]
    [DataRow("astral name twice, in bytes and in escapes", "{\"😀\":1,\"\\ud83d\\ude00\":2}", RejectCause.DuplicateName)]
    [DataRow("a duplicate deep in what nobody reads", """{"x":[{"y":{"z":1,"z":1}}]}""", RejectCause.DuplicateName)]
    [DataRow("trailing bytes after a good command", null, RejectCause.Trailing)]
    public void Hostile_structure_is_rejected(string attack, string? payload, RejectCause cause) =>
        Assert.AreEqual(cause, Inspect(new CommandGuard(), payload ?? Command() + "{}"), attack);

    [TestMethod]
    public void The_same_name_in_different_objects_is_no_duplicate() =>
        Assert.AreEqual(RejectCause.None, Inspect(new CommandGuard(), Command(extra: """, "a": {"a": [{"a": 1}, {"a": 2}]}, "b": {"a": 1}""")));

    [TestMethod]
    public void A_thousand_members_are_too_many() =>
        Assert.AreEqual(RejectCause.TooManyNames, Inspect(new CommandGuard(), "{" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"{i}\":0")) + "}"));

    [TestMethod]
    public void Oversize_is_rejected_unread()
    {
        string command = Command();
        string largest = command + new string(' ', CommandGuard.MaxPayload - command.Length);

        Assert.AreEqual(RejectCause.None, Inspect(new CommandGuard(), largest));
        Assert.AreEqual(RejectCause.Oversize, Inspect(new CommandGuard(), largest + " "));
    }

    [TestMethod]
    public void A_good_payload_cut_anywhere_is_rejected()
    {
        byte[] payload = Encoding.UTF8.GetBytes(Command());
        var guard = new CommandGuard();

        for (int length = 0; length < payload.Length; length++)
        {
            Assert.AreEqual(RejectCause.Syntax, guard.Inspect(payload, 0, length), $"{length} bytes");
        }
    }

    [TestMethod]
    public void One_payload_leaves_nothing_for_the_next()
    {
        var guard = new CommandGuard();
        Inspect(guard, Command());

        Assert.AreEqual(RejectCause.Envelope, Inspect(guard, "{}"));
        Assert.IsFalse(guard.HasCommandId);
        Assert.AreEqual("", guard.CommandIdText);
        Assert.AreEqual(CommandType.Unknown, guard.Type);
    }

    [TestMethod]
    public void Nothing_is_allocated_for_a_payload()
    {
        var guard = new CommandGuard();
        byte[][] payloads = [Encoding.UTF8.GetBytes(Command()), "{\"a\":[1,2,{\"b\":\"\\u00e9\"}]}"u8.ToArray(), "{{"u8.ToArray()];
        foreach (byte[] payload in payloads)
        {
            guard.Inspect(payload, 0, payload.Length);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            foreach (byte[] payload in payloads)
            {
                guard.Inspect(payload, 0, payload.Length);
            }
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Command(
        string id = Id, string type = "set_brightness", string value = "42", string? payload = null, string time = Time, string extra = "") =>
        $$"""{"command_id": "{{id}}", "command_type": "{{type}}", "payload": {{payload ?? "{\"value\": " + value + "}"}}, "timestamp": "{{time}}"{{extra}}}""";

    private static RejectCause Inspect(CommandGuard guard, string payload)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(payload);
        return guard.Inspect(bytes, 0, bytes.Length);
    }

    private static void AssertClause(string pointer)
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(SchemaPath()));
        JsonElement at = schema.RootElement;
        foreach (string step in pointer[1..].Split('/'))
        {
            Assert.IsTrue(
                at.ValueKind == JsonValueKind.Array ? (at = at[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]).ValueKind != JsonValueKind.Undefined : at.TryGetProperty(step, out at),
                $"command.schema.json has no {pointer}");
        }
    }

    private static string SchemaPath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../../firmware/schemas/command.schema.json");
}
