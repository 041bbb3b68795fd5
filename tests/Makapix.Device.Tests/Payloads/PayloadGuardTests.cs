using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Makapix.Device.Host.Schemas;
using Makapix.Device.Payloads;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Payloads;

/// <summary>Each keyword of the subset: what it accepts, what it refuses, and where it says the trouble is.</summary>
[TestClass]
public sealed class PayloadGuardTests
{
    [TestMethod]
    [DataRow("""{"type":"integer"}""", "1 -1 0 -0 1.0 1e2 10e-1 0.1e1 123456789012345678901234567890 1e400 -1e4294967296", "1.5 1e-1 0.1 \"1\" null true [] 1e-400")]
    [DataRow("""{"type":"number"}""", "1 1.5 -1e-400 0e5", "\"1\" null [1]")]
    [DataRow("""{"type":["string","null"]}""", "\"\" null", "0 false {} []")]
    [DataRow("""{"type":"boolean"}""", "true false", "0 null \"true\"")]
    [DataRow("""{"type":["object","array"]}""", "{} []", "1 \"\"")]
    [DataRow("""{}""", "1 null {} [[]]", "")]
    public void Type(string schema, string accepted, string rejected) => Check(schema, accepted, rejected, RejectCause.Type);

    [TestMethod]
    [DataRow("""{"const":100}""", "100 100.0 1e2 1000e-1 0.1e3", "100.0000000000000000000000001 10 \"100\" true null")]
    [DataRow("""{"enum":["a",1,true,null]}""", "\"a\" \"\\u0061\" 1 1.0 true null", "\"A\" \"aa\" \"\" 0 false {} [1]")]
    [DataRow("""{"const":-2.5}""", "-2.5 -25e-1", "2.5 -2.50001 -2")]
    [DataRow("""{"const":false}""", "false", "0 null true")]
    [DataRow("""{"enum":["😀"]}""", "\"😀\" \"\\ud83d\\ude00\"", "\"\\ud83d\\ude01\" \"\"")]
    public void Const_and_enum(string schema, string accepted, string rejected) => Check(schema, accepted, rejected, RejectCause.Value);

    [TestMethod]
    [DataRow("""{"minimum":-1,"maximum":9223372036854775807}""", "-1 0 9223372036854775807 -1.0 \"x\" -0.999999999999999999999999", "-1.0000000000000000000000000001 9223372036854775808 18446744073709551615 1e19 -2 9223372036854775807.1")]
    [DataRow("""{"exclusiveMinimum":0,"exclusiveMaximum":0.3}""", "0.1 1e-999999 0.2999999999999999999999999999999", "0 -0 0e9 0.3 3e-1 0.30000000000000000000000000001 -1e-999999")]
    [DataRow("""{"minimum":0.1}""", "0.1 0.10 1e-1 0.100000000000000000000000000000000001 1e99999999999", "0.09999999999999999999999999999999 0 -0.1 -1e99999999999 1e-99999999999")]
    public void Bounds(string schema, string accepted, string rejected) => Check(schema, accepted, rejected, RejectCause.Range);

    [TestMethod]
    [DataRow("""{"multipleOf":7}""", "0 7 -14 7e1 7000000000000000000000000000000000000 4.9e1 \"x\"", "1 8 0.7 1e999999999 7000000000000000000000000000000000001")]
    [DataRow("""{"multipleOf":1073741824}""", "0 1073741824 1e30 1e99999999", "1e29 536870912 1")]
    [DataRow("""{"multipleOf":1}""", "5 5.0 1e0", "5.5 1e-1")]
    public void MultipleOf(string schema, string accepted, string rejected) => Check(schema, accepted, rejected, RejectCause.MultipleOf);

    [TestMethod]
    [DataRow("""{"minLength":2,"maxLength":3}""", "\"ab\" \"éé\" \"😀😀😀\" \"\\ud83d\\ude00\\u0000\" \"\\\"\\\\\" 1", "\"\" \"a\" \"😀\" \"abcd\" \"\\u0061\"")]
    public void Length(string schema, string accepted, string rejected) => Check(schema, accepted, rejected, RejectCause.Length);

    [TestMethod]
    [DataRow("""{"format":"uuid"}""", "\"2f1c7b1e-0d5a-4c39-8e54-0a6b7c8d9e0f\" \"2F1C7B1E-0D5A-4C39-8E54-0A6B7C8D9E0F\" \"\\u0032f1c7b1e-0d5a-4c39-8e54-0a6b7c8d9e0f\" 1",
        "\"\" \"2f1c7b1e0d5a4c398e540a6b7c8d9e0f\" \"2f1c7b1e-0d5a-4c39-8e54-0a6b7c8d9e0\" \"2f1c7b1e-0d5a-4c39-8e54-0a6b7c8d9e0f0\" \"2f1c7b1e-0d5a-4c39-8e540-a6b7c8d9e0f\" \"2f1c7b1e-0d5a-4c39-8e54-0a6b7c8d9e０f\"")]
    [DataRow("""{"format":"date-time"}""", "\"1963-06-19T08:30:06.283185Z\" \"0000-02-29T00:00:00Z\" \"9999-12-31t23:59:59-23:59\" \"1998-12-31T15:59:60.123-08:00\" null",
        "\"\" \"1998-12-31T23:59:61Z\" \"1998-12-31T23:58:60Z\" \"1998-12-31T22:59:60Z\" \"1990-02-31T15:59:59Z\" \"2001-02-29T00:00:00Z\" \"1963-06-19\" \"1963-06-19T08:30:06\" \"1963-06-1৪T00:00:00Z\" \"1963-06-19T08:30:06.28123+01:00Z\"")]
    public void Format(string schema, string accepted, string rejected) => Check(schema, accepted, rejected, RejectCause.Format);

    [TestMethod]
    [DataRow("""{"minItems":1,"maxItems":2}""", "[1] [[],{}] {} 0", "[] [1,2,3]")]
    [DataRow("""{"prefixItems":[{"type":"integer"}],"items":false}""", "[] [1]", "[1,2] [1,{}]")]
    public void Items(string schema, string accepted, string rejected) => Check(schema, accepted, rejected, RejectCause.Items);

    [TestMethod]
    [DataRow("""{"prefixItems":[{"type":"integer"},true],"items":{"type":"string"}}""", "[] [1] [1,null] [1,null,\"a\",\"b\"]", "[\"a\"] [1,2,3] [1,2,\"a\",null]")]
    [DataRow("""{"items":{"items":{"type":"null"}}}""", "[[null],[],7] []", "[[null],[0]]")]
    [DataRow("""{"properties":{"a":{"type":"null"}}}""", "{} {\"a\":null} {\"b\":1} [1]", "{\"a\":1} {\"\\u0061\":1}")]
    [DataRow("""{"additionalProperties":{"type":"null"},"properties":{"a":{"type":"integer"}}}""", "{} {\"a\":1,\"b\":null}", "{\"b\":1} {\"a\":null}")]
    [DataRow("""{"$ref":"#/$defs/t","$defs":{"t":{"type":"object","properties":{"t":{"$ref":"#/$defs/t"}}}}}""", "{} {\"t\":{\"t\":{}}}", "{\"t\":{\"t\":1}} 1")]
    public void What_is_inside(string schema, string accepted, string rejected) => Check(schema, accepted, rejected, RejectCause.Type);

    [TestMethod]
    [DataRow("""{"minProperties":1,"maxProperties":2}""", "{\"a\":1} {\"a\":1,\"b\":{}} []", "{} {\"a\":1,\"b\":2,\"c\":3}")]
    public void Properties(string schema, string accepted, string rejected) => Check(schema, accepted, rejected, RejectCause.Properties);

    [TestMethod]
    [DataRow("""{"required":["a","b"],"properties":{"a":{}}}""", "{\"a\":1,\"b\":2} {\"b\":0,\"\\u0061\":0} 7", "{} {\"a\":1} {\"b\":1,\"c\":{\"a\":1}}")]
    public void Required(string schema, string accepted, string rejected) => Check(schema, accepted, rejected, RejectCause.Required);

    [TestMethod]
    [DataRow("""{"properties":{"a":true},"additionalProperties":false}""", "{} {\"a\":{\"b\":1}}", "{\"b\":1} {\"a\":1,\"A\":1} {\"aa\":1} {\"\":1}")]
    public void AdditionalProperties(string schema, string accepted, string rejected) => Check(schema, accepted, rejected, RejectCause.UnknownName);

    [TestMethod]
    [DataRow("{\"k\":\"a\",\"n\":1} {\"n\":1,\"k\":\"a\"} {\"x\":0,\"n\":1,\"y\":[{}],\"k\":\"a\"} {\"k\":2} {\"n\":\"text\",\"k\":2.0}", "{\"k\":\"c\"} {\"n\":1,\"k\":3}", RejectCause.Unsupported)]
    [DataRow("{\"k\":\"b\",\"n\":7}", "{\"k\":\"a\",\"n\":\"1\"} {\"n\":\"1\",\"k\":\"a\"} {\"k\":null} {\"k\":[\"a\"]}", RejectCause.Type)]
    [DataRow("{\"k\":\"b\",\"n\":null}", "{\"n\":1} {} {\"k\":\"a\"} {\"m\":{},\"k\":\"b\"}", RejectCause.Required)]
    public void OneOf_by_discriminator(string accepted, string rejected, RejectCause cause) => Check(
        """
        {"type":"object","required":["k"],"oneOf":[
            {"properties":{"k":{"enum":["a","b"]},"n":{"type":["integer","null"]}},"required":["n"]},
            {"properties":{"k":{"const":2}}}]}
        """,
        accepted,
        rejected,
        cause);

    [TestMethod]
    [DataRow("""{"properties":{"a":{"type":"integer"}}}""", """{"b": 1, "a": "x"}""", 14, DisplayName = "a value: where it begins")]
    [DataRow("""{"properties":{"o":{"required":["a"]}}}""", """{"o": {"b": 1}}""", 6, DisplayName = "something missing: the object that lacks it")]
    [DataRow("""{"additionalProperties":false}""", """{ "b": 1}""", 2, DisplayName = "a name too many: where it begins")]
    [DataRow("""{"maxItems":1}""", """[1, 2, 3]""", 4, DisplayName = "an item too many: that item")]
    [DataRow("""{"minItems":1}""", """ []""", 1, DisplayName = "an item too few: the array")]
    [DataRow("""{}""", """{"a":1,"b":{},"a":2}""", 14, DisplayName = "a name twice: the second")]
    [DataRow("""{"type":"array"}""", """{"a":1,}""", 7, DisplayName = "the text, whatever the schema says")]
    public void The_position(string schema, string payload, int position)
    {
        PayloadGuard guard = Guard(schema);
        byte[] padded = [1, 2, 3, .. Encoding.UTF8.GetBytes(payload), (byte)']'];

        Assert.AreNotEqual(RejectCause.None, guard.Inspect(padded, 3, padded.Length - 4));
        Assert.AreEqual(position, guard.Position);
    }

    [TestMethod]
    public void Quadratic_names_that_differ_in_their_last_character_are_compared_by_a_hash()
    {
        // 256 names of 24 characters: compared as text, 780,000 characters. The limit of names is what keeps their number there.
        string most = "{" + string.Join(',', Enumerable.Range(0, PayloadGuard.MaxOpenNames).Select(i => $"\"aaaaaaaaaaaaaaaaaaaa{i:x4}\":0")) + "}";
        string more = "{\"one more\":0," + most[1..];

        Assert.AreEqual(RejectCause.None, Inspect(Guard("{}"), most));
        Assert.AreEqual(RejectCause.TooManyNames, Inspect(Guard("{}"), more.Replace("aaaaa", "", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(-1)]
    [DataRow(int.MinValue)]
    public void Names_that_collide_in_a_hash_are_still_told_apart(int seed)
    {
        // With a seed of 1 the hash is a sum: "ad" and "bc" collide.
        var guard = new PayloadGuard(SchemaCompiler.CompileTable("test", "{}"), seed);

        Assert.AreEqual(RejectCause.None, Inspect(guard, """{"ad":1,"bc":2,"da":3,"cb":4}"""));
        Assert.AreEqual(RejectCause.DuplicateName, Inspect(guard, """{"ad":1,"bc":2,"da":3,"b\u0063":4}"""));
    }

    [TestMethod]
    public void names_that_all_collide_because_the_multiplier_leaked_are_not_compared_to_the_end()
    {
        // Whoever knows the multiplier finds 250 names of one hash as easily as with this one, and behind a long beginning that they have in common.
        var guard = new PayloadGuard(SchemaCompiler.CompileTable("test", "{}"), 1);
        string[] names = [.. Enumerable.Range(0, 250).Select(i => $"aaaaaaaaaaaaaaaa{(char)('A' + (i % 25))}{(char)('Z' - (i % 25))}{(char)('A' + (i / 25))}{(char)('Z' - (i / 25))}")];
        string payload = "{" + string.Join(',', names.Select(name => $"\"{name}\":0")) + "}";

        Assert.AreEqual(RejectCause.TooManyNames, Inspect(guard, payload));
        Assert.AreEqual(RejectCause.None, Inspect(Guard("{}"), payload), "by chance they do not");
        Assert.AreEqual(RejectCause.None, Inspect(guard, """{"ad":1,"bc":2,"da":3,"cb":4}"""), "and the next payload begins anew");
    }

    [TestMethod]
    public void Discriminators_that_come_late_at_every_level_cost_no_more_than_another_reading()
    {
        PayloadGuard guard = Guard(
            """
            {"$ref":"#/$defs/t","$defs":{"t":{"type":"object","required":["k"],"oneOf":[
                {"properties":{"k":{"const":1},"t":{"$ref":"#/$defs/t"}}},
                {"properties":{"k":{"const":2}}}]}}}
            """);
        string payload = "{\"k\":2}";
        for (int depth = 1; depth < 16; depth++)
        {
            payload = $"{{\"t\":{payload},\"k\":1}}";
        }

        Assert.AreEqual(RejectCause.None, Inspect(guard, payload));
        Assert.AreEqual(RejectCause.Unsupported, Inspect(guard, payload.Replace("{\"k\":2}", "{\"k\":3}", StringComparison.Ordinal)));
    }

    private static void Check(string schema, string accepted, string rejected, RejectCause cause)
    {
        PayloadGuard guard = Guard(schema);
        foreach (string payload in Split(accepted))
        {
            Assert.AreEqual(RejectCause.None, Inspect(guard, payload), payload);
        }

        foreach (string payload in Split(rejected))
        {
            Assert.AreEqual(cause, Inspect(guard, payload), payload);
        }
    }

    private static IEnumerable<string> Split(string payloads) => payloads.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static PayloadGuard Guard(string schema) => new(SchemaCompiler.CompileTable("test", schema), 12345);

    private static RejectCause Inspect(PayloadGuard guard, string payload)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(payload);
        return guard.Inspect(bytes, 0, bytes.Length);
    }
}
