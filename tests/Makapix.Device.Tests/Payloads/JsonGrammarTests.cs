using System.Collections.Generic;
using System.Linq;
using System.Text;
using Makapix.Device.Host.Schemas;
using Makapix.Device.Payloads;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Payloads;

/// <summary>
/// RFC 8259, case by case, in the manner of JSONTestSuite: y_ must be accepted, n_ must be refused, i_ is left to the implementation, and this one has decided.
/// Bytes are Latin-1 here, so that each character is one.
/// </summary>
[TestClass]
public sealed class JsonGrammarTests
{
    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Case(string name, string payload, bool accepted)
    {
        PayloadVerdict verdict = PayloadVerdict.OfSyntax(Encoding.Latin1.GetBytes(payload));

        Assert.AreEqual(accepted, verdict.IsAccepted, $"{name}: {verdict}");
    }

    public static IEnumerable<object[]> Cases() => Must.Select(text => new object[] { "y", text, true })
        .Concat(MustNot.Select(text => new object[] { "n", text, false }))
        .Concat(Decided.Select(c => new object[] { "i", c.Text, c.Accepted }));

    private static readonly string[] Must =
    [
        "[]", "{}", "[[] ]", "[[]   ]", " [] ", "\n{\r}\t", "[\"\"]", "[\"a\"]", "[null, 1, \"1\", {}]", "[1,null,null,null,2]", "[false]", "[ 4]", "[1\n]", "[null]", "[true]",
        "\"\"", "\" \"", "42", "-0.1", "null", "false", "true", "\"asd\"", "[-0]", "[-0.0e-0]", "[0]", "[123]", "[-1]", "[-123]", "[20e1]", "[1E22]", "[1E-2]", "[1E+2]", "[123e45]", "[123e65]",
        "[0e+1]", "[0e1]", "[123.456e78]", "[123.456789]", "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]",
        "[\"\\u0060\\u012a\\u12AB\"]", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\\u0000\"]", "[\"\\u0000\"]", "[\"\\u0012\"]", "[\"\\uFFFF\"]", "[\"\\uD801\\udc37\"]", "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]",
        "[\"\\uDBFF\\uDFFE\"]", "[\"\\uFDD0\"]", "[\"\\u200B\"]", "[\"\\u2064\"]", "[\"\\u0022\"]", "[\"\\uA66D\"]", "[\"\\u005C\"]", "[\"new\\u00A0line\"]", "[\"\\u002c\"]", "[\"\\ud834\\udd1e\"]",
        "[\"a/*b*/c/*d//e\"]", "[\"\x7F\"]", "[\"\xC2\x80\"]", "[\"\xDF\xBF\"]", "[\"\xE0\xA0\x80\"]", "[\"\xED\x9F\xBF\"]", "[\"\xEE\x80\x80\"]", "[\"\xEF\xBF\xBF\"]", "[\"\xF0\x90\x80\x80\"]", "[\"\xF4\x8F\xBF\xBF\"]",
        "[\"\xE2\x80\xA8\xE2\x80\xA9\"]", "{\"a\":\"b\"}", "{\"a\":\"b\",\"a\":\"c\"}", "{\"a\":\"b\",\"a\":\"b\"}", "{\"\":0}", "{\"foo\\u0000bar\": 42}", "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
        "{\"x\":[{\"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}], \"id\": \"y\"}", "{\"title\":\"\\u041f\\u043e\\u043b\"}", "{\n\"a\": \"b\"\n}", "[\"a\",\n4\n,1]", "[2] ", " 1",
    ];

    private static readonly string[] MustNot =
    [
        "", " ", "[1 true]", "[a\xE5]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]", "[\"\",]", "[\"x\"", "[x", "[3[4]]", "[\xFF]", "[1:2]", "[,]", "[-]", "[   , \"\"]", "[\"a\",\n4\n,1,", "[1,]", "[1,,]",
        "[\"\x0B\"]", "[\"\x0Ca\"]", "[*]", "[\"\"", "[1,\n1\n,1", "[{}", "[fals]", "[nul]", "[tru]", "[Null]", "[TRUE]", "nulll", "[++1234]", "[+1]", "[+Inf]", "[-01]", "[-1.0.]", "[-2.]", "[-NaN]", "[.-1]", "[.2e-3]", "[0.1.2]",
        "[0.3e+]", "[0.3e]", "[0.e1]", "[0E+]", "[0E]", "[0e+]", "[0e]", "[1.0e+]", "[1.0e-]", "[1.0e]", "[1 000.0]", "[1eE2]", "[2.e+3]", "[2.e-3]", "[2.e3]", "[9.e+]", "[Inf]", "[NaN]", "[\xEF\xBC\x91]", "[1+2]", "[0x1]",
        "[0x42]", "[Infinity]", "[0e+-1]", "[-123.123foo]", "[123\xE5]", "[1e1\xE5]", "[0\xE5]", "[-Infinity]", "[-foo]", "[- 1]", "[-012]", "[-.123]", "[-1x]", "[1ea]", "[1e\xE5]", "[1.]", "[.123]", "[1.2a-3]",
        "[1.8011670033376514H-308]", "[012]", "[1e+ 2]", "[--1]", "[\"x\", truth]", "{[: \"x\"}\n", "{\"x\", null}", "{\"x\"::\"b\"}", "{\xF0\x9F\x87\xA8\xF0\x9F\x87\xAD}", "{\"a\":\"a\" 123}", "{key: 'value'}", "{\"\xB9\":\"0\",}", "{\"a\" b}",
        "{:\"b\"}", "{\"a\" \"b\"}", "{\"a\":", "{\"a\"", "{1:1}", "{9999E9999:1}", "{null:null,null:null}", "{\"id\":0,,,,,}", "{'a':0}", "{\"id\":0,}", "{\"a\":\"b\"}/**/", "{\"a\":\"b\"}/**//", "{\"a\":\"b\"}//", "{\"a\":\"b\"}/", "{\"a\":\"b\",,\"c\":\"d\"}",
        "{a: \"b\"}", "{\"a\":\"a", "{ \"foo\" : \"bar\", \"a\" }", "{\"a\":\"b\"}#", "[\"\\uD800\\\"]", "[\"\\uD800\\u\"]", "[\"\\uD800\\u1\"]", "[\"\\uD800\\u1x\"]", "[\xC3\xA9]", "[\"\\a\"]", "[\"\\\0\"]", "[\"\\x00\"]", "[\"\\\\\\\"]", "[\"\\\t\"]",
        "[\"\\\xF0\x9F\x8C\x80\"]", "[\"\\\"]", "[\"\\u00A\"]", "[\"\\uD834\\uDd\"]", "[\"\\uD800\\uD800\\x\"]", "[\"\\u\xE5\"]", "[\"\\\xE5\"]", "[\"\\u{1}\"]", "[\\u0020\"asd\"]", "[\\n]", "\"", "['single quote']", "abc", "[\"\\", "[\"a\0a\"]",
        "[\"new\nline\"]", "[\"\t\"]", "\"\\UA66D\"", "\"\"x", "<.>", "[<null>]", "[1]x", "[1]]", "[\"asd]", "aa\xCC\x88", "[True]", "1]", "{\"x\": true,", "[][]", "]", "\xEF\xBB{}", "\xE5", "[", "{\"\":", "[\0]", "2@", "{}}", "{\"\":\"",
        "{\"a\":/*comment*/\"b\"}", "{\"a\": true} \"x\"", "['", "[,", "[{", "[\"a", "[\"a\"", "{", "{]", "{,", "{[", "{\"a", "{'a'", "[\"\\{[\"\\{", "\xE9", "*", "{\"a\":\"b\"}#{}", "[\\u000A\"\"]", "[1", "[ false, nul", "[ true, fals", "[ false, tru",
        "{\"asd\":\"asd\"", "\xC3\xA5", "[\xE2\x81\xA0]", "\xEF\xBB\xBF", "[\x0C]", "\x0B[]", "[\x00A0]", "'x'", "\u0001", "[\"\x1f\"]",
    ];

    // Where the RFC leaves a choice: ill-formed text is refused, a byte order mark too; a number may be as large as it likes, and nobody rounds it.
    private static readonly (string Text, bool Accepted)[] Decided =
    [
        ("[123.456e-789]", true), ("[0.4e00669999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999969999999006]", true), ("[-1e+9999]", true), ("[1.5e+9999]", true),
        ("[-123123123123123123123123123123]", true), ("[100000000000000000000]", true), ("[-237462374673276894279832749832423479823246327846]", true),
        ("{\"\\uDFAA\":0}", false), ("[\"\\uDADA\"]", false), ("[\"\\uD888\\u1234\"]", false), ("[\"\\uD800\\n\"]", false), ("[\"\\uDd1ea\"]", false), ("[\"\\uD800\\uD800\\n\"]", false), ("[\"\\ud800\"]", false), ("[\"\\uDd1e\\uD834\"]", false),
        ("[\"\\uDFAA\"]", false), ("\xFF\xFE[\0\"\0\xE9\0\"\0]\0", false), ("[\"\xE6\x97\xA5\xD1\x88\xFA\"]", false), ("[\"\xED\xA0\x80\"]", false), ("[\"\xF4\xBF\xBF\xBF\"]", false), ("[\"\xE9\"]", false), ("[\"\x81\"]", false),
        ("[\"\xC0\xAF\"]", false), ("[\"\xFC\x83\xBF\xBF\xBF\xBF\"]", false), ("[\"\xFC\x80\x80\x80\x80\x80\"]", false), ("[\"\xE0\xFF\"]", false), ("\0[\0\"\0\xE9\0\"\0]", false), ("\xEF\xBB\xBF{}", false),
        (new string('[', 16) + new string(']', 16), true), (new string('[', 17) + new string(']', 17), false), (new string('[', 500) + new string(']', 500), false),
        (new string('9', PayloadGuard.MaxPayload), true), (new string('9', PayloadGuard.MaxPayload + 1), false),
        ("[" + string.Concat(Enumerable.Repeat("0,", (PayloadGuard.MaxPayload / 2) - 1)) + "0]", false), ("[" + string.Concat(Enumerable.Repeat("0,", (PayloadGuard.MaxPayload / 2) - 2)) + "0]", true),
    ];
}
