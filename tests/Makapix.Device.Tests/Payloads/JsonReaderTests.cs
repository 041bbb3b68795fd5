using System;
using System.Collections.Generic;
using System.Text;
using Makapix.Conformance;
using Makapix.Device.Payloads;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Payloads;

[TestClass]
public sealed class JsonReaderTests
{
    [TestMethod]
    [DataRow("""{"a":[1,-0.5e+3,true,false,null,"\u00e9\ud83d\ude00\/\b"],"b":{}}""")]
    [DataRow(" \t\r\n[ ] ")]
    [DataRow("0")]
    [DataRow("\"\u007f\"")]
    [DataRow("\"\U0010FFFF\uE000\uD7FF\"")]
    public void What_the_RFC_allows_is_accepted(string text) => Assert.AreEqual(RejectCause.None, Verdict(Encoding.UTF8.GetBytes(text)));

    [TestMethod]
    [DataRow("", RejectCause.Syntax, DisplayName = "nothing")]
    [DataRow("  ", RejectCause.Syntax, DisplayName = "only space")]
    [DataRow("\uFEFF{}", RejectCause.Syntax, DisplayName = "byte order mark")]
    [DataRow("{\"a\":1,}", RejectCause.Syntax, DisplayName = "trailing comma in an object")]
    [DataRow("[1,]", RejectCause.Syntax, DisplayName = "trailing comma in an array")]
    [DataRow("[,1]", RejectCause.Syntax, DisplayName = "leading comma")]
    [DataRow("[1 2]", RejectCause.Syntax, DisplayName = "no comma")]
    [DataRow("{\"a\" 1}", RejectCause.Syntax, DisplayName = "no colon")]
    [DataRow("{a:1}", RejectCause.Syntax, DisplayName = "bare name")]
    [DataRow("{1:1}", RejectCause.Syntax, DisplayName = "number as a name")]
    [DataRow("{'a':1}", RejectCause.Syntax, DisplayName = "single quotes")]
    [DataRow("[1}", RejectCause.Syntax, DisplayName = "closed by the wrong bracket")]
    [DataRow("{\"a\":1", RejectCause.Syntax, DisplayName = "object never closed")]
    [DataRow("\"abc", RejectCause.Syntax, DisplayName = "string never closed")]
    [DataRow("\"\\", RejectCause.Syntax, DisplayName = "escape cut short")]
    [DataRow("\"\\u12\"", RejectCause.Syntax, DisplayName = "hexadecimal escape cut short")]
    [DataRow("\"\\x41\"", RejectCause.Syntax, DisplayName = "escape that does not exist")]
    [DataRow("\"a\nb\"", RejectCause.Syntax, DisplayName = "raw control character")]
    [DataRow("01", RejectCause.Syntax, DisplayName = "leading zero")]
    [DataRow("+1", RejectCause.Syntax, DisplayName = "plus sign")]
    [DataRow("1.", RejectCause.Syntax, DisplayName = "no digit after the point")]
    [DataRow(".5", RejectCause.Syntax, DisplayName = "no digit before the point")]
    [DataRow("1e", RejectCause.Syntax, DisplayName = "empty exponent")]
    [DataRow("-", RejectCause.Syntax, DisplayName = "minus alone")]
    [DataRow("NaN", RejectCause.Syntax, DisplayName = "not a number")]
    [DataRow("Infinity", RejectCause.Syntax, DisplayName = "infinity")]
    [DataRow("0x10", RejectCause.Trailing, DisplayName = "hexadecimal number")]
    [DataRow("True", RejectCause.Syntax, DisplayName = "literal in the wrong case")]
    [DataRow("nul", RejectCause.Syntax, DisplayName = "literal cut short")]
    [DataRow("// x\n1", RejectCause.Syntax, DisplayName = "comment")]
    [DataRow("{} {}", RejectCause.Trailing, DisplayName = "second value")]
    [DataRow("{}\0", RejectCause.Trailing, DisplayName = "trailing NUL")]
    [DataRow("\"\\ud800\"", RejectCause.Text, DisplayName = "lone high surrogate")]
    [DataRow("\"\\ud800\\ud800\"", RejectCause.Text, DisplayName = "two high surrogates")]
    [DataRow("\"\\udc00\"", RejectCause.Text, DisplayName = "lone low surrogate")]
    public void What_the_RFC_forbids_is_refused(string text, RejectCause cause) => Assert.AreEqual(cause, Verdict(Encoding.UTF8.GetBytes(text)));

    [TestMethod]
    [DataRow("C0 80", DisplayName = "overlong NUL, two bytes")]
    [DataRow("C1 BF", DisplayName = "overlong DEL")]
    [DataRow("E0 80 A2", DisplayName = "overlong quote, three bytes")]
    [DataRow("F0 80 80 A2", DisplayName = "overlong quote, four bytes")]
    [DataRow("ED A0 80", DisplayName = "surrogate in UTF-8")]
    [DataRow("F4 90 80 80", DisplayName = "past U+10FFFF")]
    [DataRow("F5 80 80 80", DisplayName = "lead byte that does not exist")]
    [DataRow("80", DisplayName = "continuation alone")]
    [DataRow("E2 82", DisplayName = "character cut short by the quote")]
    [DataRow("E2 28 A1", DisplayName = "continuation missing in the middle")]
    public void Ill_formed_utf8_is_refused(string bytes)
    {
        byte[] text = [(byte)'"', .. Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)), (byte)'"'];

        Assert.AreEqual(RejectCause.Text, Verdict(text));
    }

    [TestMethod]
    [DataRow('[', ']')]
    [DataRow('{', '}')]
    public void Nesting_ends_at_sixteen(char open, char close)
    {
        string Nest(int depth) => open == '['
            ? new string('[', depth) + new string(']', depth)
            : string.Concat(System.Linq.Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string(close, depth - 1);

        Assert.AreEqual(RejectCause.None, Verdict(Encoding.UTF8.GetBytes(Nest(16))));
        Assert.AreEqual(RejectCause.Depth, Verdict(Encoding.UTF8.GetBytes(Nest(17))));
        Assert.AreEqual(RejectCause.Depth, Verdict(Encoding.UTF8.GetBytes(new string('[', 8000))));
    }

    [TestMethod]
    public void Mutated_payloads_get_the_verdict_of_another_strict_parser()
    {
        var random = new Random(20260801);
        byte[][] seeds =
        [
            Encoding.UTF8.GetBytes(CommandText.SetBrightness(42)),
            """{"a":[1,-0.5e+3,true,false,null,"\u00e9\ud83d\ude00\/\b"],"b":{"c":{"d":[[[]]]}},"é":"中😀"}"""u8.ToArray(),
        ];
        byte[] alphabet = "{}[]\",:\\u0eE.+-truefalsn 1dD8\n\t\x7f"u8.ToArray();
        int accepted = 0;
        for (int i = 0; i < 60000; i++)
        {
            var payload = new List<byte>(seeds[i % seeds.Length]);
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                int at = random.Next(payload.Count);
                byte b = random.Next(8) == 0 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)];
                switch (random.Next(4))
                {
                    case 0: payload[at] = b; break;
                    case 1: payload.Insert(at, b); break;
                    case 2: payload.RemoveAt(at); break;
                    default: payload.RemoveRange(at, Math.Min(payload.Count - at, random.Next(6))); break;
                }
            }

            byte[] bytes = [.. payload];
            bool ours = Verdict(bytes) == RejectCause.None;
            Assert.AreEqual(ParserOracle.IsSyntax(bytes), ours, Convert.ToHexString(bytes));
            accepted += ours ? 1 : 0;
        }

        Assert.IsGreaterThan(1000, accepted);
        Assert.IsLessThan(59000, accepted);
    }

    private static RejectCause Verdict(byte[] text)
    {
        var reader = new JsonReader();
        byte[] padded = [(byte)'x', .. text, (byte)'"'];
        reader.Reset(padded, 1, text.Length);
        while (reader.Read())
        {
        }

        Assert.IsFalse(reader.Read());
        return reader.Cause;
    }
}
