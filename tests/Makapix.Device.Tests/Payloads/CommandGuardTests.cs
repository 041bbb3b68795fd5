using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Makapix.Device.Payloads;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Payloads;

/// <summary>The guard of the command topic.</summary>
[TestClass]
public sealed class CommandGuardTests
{
    private const string Id = "2f1c7b1e-0d5a-4c39-8e54-0a6b7c8d9e0f";
    private const string Time = "2026-08-19T12:34:56.123456+00:00";

    [TestMethod]
    [DynamicData(nameof(Accepted))]
    public void Valid_payloads_are_accepted(string payload, int value)
    {
        var guard = new CommandGuard(7);

        Assert.AreEqual(RejectCause.None, Inspect(guard, payload), payload);
        Assert.AreEqual(CommandType.SetBrightness, guard.Type);
        Assert.IsTrue(guard.Fields.TryInt32(SchemaTables.CommandPayloadValue, out int actual));
        Assert.AreEqual(value, actual);
        Assert.AreEqual(Id, guard.CommandIdText.ToLowerInvariant());
    }

    public static IEnumerable<object[]> Accepted() => new (string Payload, int Value)[]
    {
        (Command(), 42),
        (Command(id: Id.ToUpperInvariant()), 42),
        (Command(time: "2026-08-19T12:34:56Z"), 42),
        (Command(time: "2026-08-19t14:34:56.5+02:00"), 42),
        (Command(time: "2026-06-30T23:59:60Z"), 42),
        (Command(value: "42.0"), 42),
        (Command(value: "4.2e1"), 42),
        (Command(value: "420E-1"), 42),
        (Command(value: "-0"), 0),
        (Command(value: "0e999999999"), 0),
        (Command(value: "0." + new string('0', 2000) + "1e2001"), 1),
        (Command(value: "2147483647"), int.MaxValue),
        (Command(value: "-2147483648"), int.MinValue),
        (Command(extra: """, "grown_later": {"command_id": 1, "payload": [{"value": 7}]}"""), 42),
        (Command(payload: """{"fade_ms": {"value": 9}, "value": 42, "why": [1, "x"]}"""), 42),
        ($$"""{"timestamp":"{{Time}}","payload":{"value":42},"command_type":"set_brightness","command_id":"{{Id}}"}""", 42),
        ($$"""{"payload":{"value":42},"x":1,"command_type":"set_brightness","command_id":"{{Id}}","timestamp":"{{Time}}"}""", 42),
        ($$"""{"\u0063ommand_id":"{{Id}}","command_type":"set\u005fbrightness","payload":{"v\u0061lue":42},"timestamp":"{{Time}}"}""", 42),
    }.Select(r => new object[] { r.Payload, r.Value });

    [TestMethod]
    [DynamicData(nameof(Rejected))]
    public void Invalid_payloads_are_rejected(string payload, RejectCause cause) => Assert.AreEqual(cause, Inspect(new CommandGuard(7), payload), payload);

    public static IEnumerable<object[]> Rejected() => new (string Payload, RejectCause Cause)[]
    {
        ("[]", RejectCause.Type),
        ("null", RejectCause.Type),
        ("\"set_brightness\"", RejectCause.Type),
        ($"[{Command()}]", RejectCause.Type),
        ("{}", RejectCause.Required),
        ($$"""{"command_type":"set_brightness","payload":{"value":42},"timestamp":"{{Time}}"}""", RejectCause.Required),
        ($$"""{"command_id":"{{Id}}","payload":{"value":42},"timestamp":"{{Time}}"}""", RejectCause.Required),
        ($$"""{"command_id":"{{Id}}","command_type":"set_brightness","timestamp":"{{Time}}"}""", RejectCause.Required),
        ($$$"""{"command_id":"{{{Id}}}","command_type":"set_brightness","payload":{"value":42}}""", RejectCause.Required),
        ($$$"""{"x":{"command_id":"{{{Id}}}","command_type":"set_brightness","payload":{"value":42},"timestamp":"{{{Time}}}"}}""", RejectCause.Required),
        (Command().Replace($"\"{Id}\"", "7", StringComparison.Ordinal), RejectCause.Type),
        (Command().Replace($"\"{Id}\"", $"[\"{Id}\"]", StringComparison.Ordinal), RejectCause.Type),
        (Command(id: ""), RejectCause.Format),
        (Command(id: Id.Replace("-", "", StringComparison.Ordinal)), RejectCause.Format),
        (Command(id: "{" + Id + "}"), RejectCause.Format),
        (Command(id: Id[..^1] + "g"), RejectCause.Format),
        (Command(id: Id[..^1] + "\\u00ff"), RejectCause.Format),
        (Command(id: Id + "\\u0000"), RejectCause.Format),
        (Command().Replace("\"set_brightness\"", "null", StringComparison.Ordinal), RejectCause.Type),
        (Command(type: ""), RejectCause.Length),
        (Command(type: new string('x', 33)), RejectCause.Length),
        (Command(payload: "[42]"), RejectCause.Type),
        (Command(payload: "42"), RejectCause.Type),
        (Command(payload: "null"), RejectCause.Type),
        (Command().Replace($"\"{Time}\"", "1787142896", StringComparison.Ordinal), RejectCause.Type),
        (Command(time: "yesterday"), RejectCause.Format),
        (Command(time: "2026-08-19 12:34:56Z"), RejectCause.Format),
        (Command(time: "2026-08-19T12:34:56"), RejectCause.Format),
        (Command(time: "2026-02-29T12:34:56Z"), RejectCause.Format),
        (Command(time: "2026-08-19T24:00:00Z"), RejectCause.Format),
        (Command(time: "2026-08-19T12:34:60Z"), RejectCause.Format),
        (Command(time: "2026-08-19T12:34:56.Z"), RejectCause.Format),
        (Command(time: "2026-08-19T12:34:56+24:00"), RejectCause.Format),
        (Command(time: "2026-08-19T12:34:56+0000"), RejectCause.Format),
        (Command(time: "2026-08-19T12:34:56ZZ"), RejectCause.Format),
        (Command(time: "2026-08-19T12:34:56." + new string('0', 50) + "Z"), RejectCause.Length),
        (Command(type: "execute_playset"), RejectCause.Unsupported),
        (Command(type: new string('x', 32)), RejectCause.Unsupported),
        (Command(type: string.Concat(Enumerable.Repeat("\\ud83d\\ude00", 32))), RejectCause.Unsupported),
        (Command(type: "set_brightness "), RejectCause.Unsupported),
        (Command(type: "Set_Brightness"), RejectCause.Unsupported),
        (Command(payload: "{}"), RejectCause.Required),
        (Command(payload: """{"Value": 42}"""), RejectCause.Required),
        (Command(payload: """{"x": {"value": 42}}"""), RejectCause.Required),
        (Command(payload: "{}", extra: """, "value": 42"""), RejectCause.Required),
        (Command(value: "\"42\""), RejectCause.Type),
        (Command(value: "null"), RejectCause.Type),
        (Command(value: "true"), RejectCause.Type),
        (Command(value: "[42]"), RejectCause.Type),
        (Command(value: """{"value": 42}"""), RejectCause.Type),
        (Command(value: "42.5"), RejectCause.Type),
        (Command(value: "1e-1"), RejectCause.Type),
        (Command(value: "42.000000000000000000001"), RejectCause.Type),
        (Command(value: "2147483648"), RejectCause.Range),
        (Command(value: "-2147483649"), RejectCause.Range),
        (Command(value: "4294967338"), RejectCause.Range), // 2^32 + 42
        (Command(value: "18446744073709551658"), RejectCause.Range), // 2^64 + 42
        (Command(value: "1e400"), RejectCause.Range),
        (Command(value: "1e4294967296"), RejectCause.Range),
        (Command(value: new string('9', 7000)), RejectCause.Range),
    }.Select(r => new object[] { r.Payload, r.Cause });

    [TestMethod]
    [DataRow("swap_next", "{}")]
    [DataRow("swap_back", """{"later":1}""")]
    [DataRow("show_artwork", """{"post_id":7,"title":"\u00e9","storage_key":"7c9e6679-7425-40de-944b-e07fc1f90ae7","storage_shard":"23/16","native_format":"gif","width":64,"height":32}""")]
    [DataRow("play_channel", """{"channel_name":"promoted"}""")]
    [DataRow("play_channel", """{"user_sqid":"k5","channel_name":"by_user","user_handle":"ada"}""")]
    [DataRow("play_channel", """{"hashtag":"cats","channel_name":"hashtag"}""")]
    [DataRow("play_playset", """{"playset_name":"followed_artists","channels":[{"type":"user","identifier":"k5","display_name":"@ada"}],"exposure_mode":"equal","pick_mode":"recency"}""")]
    public void What_needs_a_display_is_validated(string type, string payload)
    {
        var guard = new CommandGuard(7);

        Assert.AreEqual(RejectCause.None, Inspect(guard, Command(type: type, payload: payload)));
        Assert.AreEqual(CommandType.Display, guard.Type);
    }

    [TestMethod]
    [DataRow("show_artwork", """{"post_id":7}""", RejectCause.Required)]
    [DataRow("show_artwork", """{"post_id":7,"title":"","storage_key":"../../etc","storage_shard":"","native_format":"gif","width":64,"height":32}""", RejectCause.Format)]
    [DataRow("show_artwork", """{"post_id":7,"title":"","storage_key":"7c9e6679-7425-40de-944b-e07fc1f90ae7","storage_shard":"","native_format":"exe","width":64,"height":32}""", RejectCause.Value)]
    [DataRow("play_channel", """{"channel_name":"by_user","user_sqid":"k5"}""", RejectCause.Required)]
    [DataRow("play_channel", """{"channel_name":"hashtag","hashtag":7}""", RejectCause.Type)]
    [DataRow("play_channel", """{"channel_name":"grown_later"}""", RejectCause.Unsupported)]
    [DataRow("play_playset", """{"playset_name":"followed_artists","channels":[{}],"exposure_mode":"equal","pick_mode":"recency"}""", RejectCause.Required)]
    [DataRow("set_paused", """{"paused":"false"}""", RejectCause.Type)]
    [DataRow("set_rotation", """{"value":90.5}""", RejectCause.Type)]
    [DataRow("set_mirror", """{"value":90}""", RejectCause.Type)]
    public void A_payload_is_held_to_the_schema_of_its_type(string type, string payload, RejectCause cause) =>
        Assert.AreEqual(cause, Inspect(new CommandGuard(7), Command(type: type, payload: payload)));

    [TestMethod]
    [DataRow("""{"command_id":"{id}","payload":{"value":"x"},"command_type":"set_brightness","timestamp":"{time}"}""", RejectCause.Type, 72, DisplayName = "a wrong value, before the type that makes it wrong")]
    [DataRow("""{"command_id":"{id}","command_type":"dance","payload":7,"timestamp":"{time}"}""", RejectCause.Type, 86, DisplayName = "of an unknown type, and broken besides")]
    [DataRow("""{"command_id":"{id}","command_type":"dance","payload":{},"timestamp":"{time}"}""", RejectCause.Unsupported, 68, DisplayName = "of an unknown type")]
    [DataRow("""{"command_type":"dance","payload":{},"command_id":7,"payload":[}""", RejectCause.Syntax, 63, DisplayName = "much is wrong, and it is not JSON")]
    public void The_verdict_says_what_and_where(string payload, RejectCause cause, int position)
    {
        var guard = new CommandGuard(7);

        Assert.AreEqual(cause, Inspect(guard, payload.Replace("{id}", Id, StringComparison.Ordinal).Replace("{time}", Time, StringComparison.Ordinal)));
        Assert.AreEqual(position, guard.Position);
    }

    [TestMethod]
    public void A_broken_command_can_be_answered_if_its_id_is_sound()
    {
        var guard = new CommandGuard(7);

        Inspect(guard, $$"""{"payload":{"value":"x"},"command_id":"{{Id}}","command_type":"set_brightness"}""");
        Assert.AreEqual(Id, guard.CommandIdText);

        Inspect(guard, $$"""{"command_id":"{{Id}}","command_id":"{{Id}}"}""");
        Assert.AreEqual("", guard.CommandIdText, "which of the two");

        Inspect(guard, $$"""{"command_id":"{{Id}}"]""");
        Assert.AreEqual("", guard.CommandIdText, "not even JSON");
    }

    [TestMethod]
    [DataRow("command id twice", """{"command_id":"a","command_id":"b"}""", RejectCause.DuplicateName)]
    [DataRow("value twice, the second spelled in escapes", """{"payload":{"value":1,"\u0076alue":99}}""", RejectCause.DuplicateName)]
    [DataRow("empty name twice", """{"":1,"":2}""", RejectCause.DuplicateName)]
    [DataRow("astral name twice, in bytes and in escapes", "{\"😀\":1,\"\\ud83d\\ude00\":2}", RejectCause.DuplicateName)]
    [DataRow("a duplicate deep in what nobody reads", """{"x":[{"y":{"z":1,"z":1}}]}""", RejectCause.DuplicateName)]
    [DataRow("trailing bytes after a good command", null, RejectCause.Trailing)]
    public void Hostile_structure_is_rejected(string attack, string? payload, RejectCause cause) =>
        Assert.AreEqual(cause, Inspect(new CommandGuard(7), payload ?? Command() + "{}"), attack);

    [TestMethod]
    public void The_same_name_in_different_objects_is_no_duplicate() =>
        Assert.AreEqual(RejectCause.None, Inspect(new CommandGuard(7), Command(extra: """, "a": {"a": [{"a": 1}, {"a": 2}]}, "b": {"a": 1}""")));

    [TestMethod]
    public void A_thousand_members_are_too_many() =>
        Assert.AreEqual(RejectCause.TooManyNames, Inspect(new CommandGuard(7), "{" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"{i}\":0")) + "}"));

    [TestMethod]
    public void Oversize_is_rejected_unread()
    {
        string command = Command();
        string largest = command + new string(' ', PayloadGuard.MaxPayload - command.Length);

        Assert.AreEqual(RejectCause.None, Inspect(new CommandGuard(7), largest));
        Assert.AreEqual(RejectCause.Oversize, Inspect(new CommandGuard(7), largest + " "));
    }

    [TestMethod]
    public void A_good_payload_cut_anywhere_is_rejected()
    {
        byte[] payload = Encoding.UTF8.GetBytes(Command());
        var guard = new CommandGuard(7);

        for (int length = 0; length < payload.Length; length++)
        {
            Assert.AreEqual(RejectCause.Syntax, guard.Inspect(payload, 0, length), $"{length} bytes");
        }
    }

    [TestMethod]
    public void One_payload_leaves_nothing_for_the_next()
    {
        var guard = new CommandGuard(7);
        Inspect(guard, Command());

        Assert.AreEqual(RejectCause.Required, Inspect(guard, "{}"));
        Assert.IsFalse(guard.HasCommandId);
        Assert.AreEqual("", guard.CommandIdText);
        Assert.AreEqual(CommandType.None, guard.Type);
    }

    [TestMethod]
    public void Nothing_is_allocated_for_a_payload()
    {
        var guard = new CommandGuard(7);
        byte[][] payloads = [Encoding.UTF8.GetBytes(Command()), "{\"a\":[1,2,{\"b\":\"\\u00e9\"}]}"u8.ToArray(), "{{"u8.ToArray()];
        foreach (byte[] payload in payloads)
        {
            guard.Inspect(payload, 0, payload.Length);
        }

        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                foreach (byte[] payload in payloads)
                {
                    guard.Inspect(payload, 0, payload.Length);
                }
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // Twice: a collection that another test starts meanwhile would be booked here.
        Assert.AreEqual(0, Math.Min(Allocated(), Allocated()));
    }

    private static string Command(
        string id = Id, string type = "set_brightness", string value = "42", string? payload = null, string time = Time, string extra = "") =>
        $$"""{"command_id": "{{id}}", "command_type": "{{type}}", "payload": {{payload ?? "{\"value\": " + value + "}"}}, "timestamp": "{{time}}"{{extra}}}""";

    private static RejectCause Inspect(CommandGuard guard, string payload)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(payload);
        return guard.Inspect(bytes, 0, bytes.Length);
    }
}
