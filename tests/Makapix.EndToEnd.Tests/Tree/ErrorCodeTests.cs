using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Makapix.Cli.Explain;
using Makapix.Mqtt.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Tree;

/// <summary>A code means one thing: who looks it up must find one cause. What is thrown in more than one place is listed here with that cause.</summary>
[TestClass]
public sealed partial class ErrorCodeTests
{
    private static readonly Dictionary<string, string> Areas = new()
    {
        ["AuthorityException"] = "CA", ["ImageException"] = "IMAGE", ["ChipException"] = "CHIP", ["LineException"] = "LINE", ["BrokerException"] = "BROKER",
        ["LedgerException"] = "LEDGER", ["CliException"] = "CLI", ["ToolException"] = "TOOL", ["VirtualChipException"] = "VCHIP", ["MqttException"] = "MQTT", ["SchemaException"] = "SCHEMA",
        ["Authority"] = "CA", ["Images"] = "IMAGE", ["Chips"] = "CHIP", ["Line"] = "LINE", ["Ledger"] = "LEDGER", ["Broker"] = "BROKER", ["Setup"] = "TOOL", ["Schemas"] = "SCHEMA",
        ["Boot"] = "VCHIP", ["Makapix.VirtualEsp32"] = "VCHIP", ["Makapix.Mqtt.Desktop"] = "MQTT", ["Makapix.Cli"] = "CLI",
    };

    private static readonly Dictionary<string, string> Shared = new()
    {
        ["BROKER-020"] = "the description of the broker is none",
        ["BROKER-023"] = "the broker's credentials are not there, or are none",
        ["CA-010"] = "the broker's names are none that its certificate can carry",
        ["CA-011"] = "the name is none that an operator or a service can have",
        ["CA-030"] = "the authority never issued that",
        ["CA-031"] = "it is revoked or expired already",
        ["CHIP-008"] = "what is in flash is not what was written to it",
        ["CHIP-010"] = "there is no such port, or it cannot be opened",
        ["CHIP-013"] = "the chip is no ESP32",
        ["IMAGE-010"] = "a line of the partition table is no row",
        ["IMAGE-015"] = "a partition has no size",
        ["IMAGE-016"] = "a partition has a flag that is unknown",
        ["IMAGE-017"] = "a partition is not aligned",
        ["IMAGE-018"] = "a partition is not where it can be: overlapping, out of order, or beyond 32 bits",
        ["IMAGE-021"] = "a partition breaks a rule of ESP-IDF for its subtype",
        ["IMAGE-026"] = "the partition table has no MD5 row",
        ["IMAGE-030"] = "the ESP image is cut short",
        ["IMAGE-041"] = "there is no assembly",
        ["IMAGE-064"] = "a length in the identity leads outside of it",
        ["IMAGE-091"] = "the description of the bundle is none",
        ["IMAGE-094"] = "a file of the bundle cannot be read whole",
        ["IMAGE-096"] = "the bundle does not fit together",
        ["TOOL-001"] = "there is no esptool that is new enough",
    };

    [TestMethod]
    public void Every_code_is_thrown_for_one_cause()
    {
        var throws = Sources().SelectMany(Codes).ToArray();
        Assert.IsGreaterThan(100, throws.Length);
        var twice = throws.GroupBy(one => one.Code).Where(group => group.Count() > 1).ToArray();
        var unexplained = twice.Where(group => !Shared.ContainsKey(group.Key)).Select(group => $"{group.Key}: {string.Join("; ", group.Select(one => one.Place))}");
        Assert.IsEmpty(unexplained, string.Join('\n', unexplained));
        var idle = Shared.Keys.Except(twice.Select(group => group.Key));
        Assert.IsEmpty(idle, $"thrown in one place only: {string.Join(", ", idle)}");
    }

    [TestMethod]
    public void Every_code_is_explained_and_nothing_else_is()
    {
        var thrown = Sources().SelectMany(Codes).Select(one => $"MKX-{one.Code}").Concat(Enum.GetValues<MqttFailure>().Select(failure => $"MKX-MQTT-{(int)failure:000}")).Distinct().ToArray();
        var explained = ErrorCodes.All.Select(one => one.Code).ToArray();
        Assert.IsEmpty(thrown.Except(explained), $"not in provisioning/Makapix.Cli/Explain/Codes: {string.Join(", ", thrown.Except(explained))}");
        Assert.IsEmpty(explained.Except(thrown), $"in provisioning/Makapix.Cli/Explain/Codes, and thrown nowhere: {string.Join(", ", explained.Except(thrown))}");
        Assert.HasCount(explained.Length, explained.Distinct());
    }

    [TestMethod]
    public void Every_explanation_says_something()
    {
        foreach (var code in ErrorCodes.All)
        {
            foreach (var text in (string[])[code.Area, code.Means, code.Cause, code.Next])
            {
                Assert.IsFalse(string.IsNullOrWhiteSpace(text), code.Code);
            }

            Assert.EndsWith(".", code.Means, code.Code);
        }
    }

    private static IEnumerable<string> Sources() => ((string[])["provisioning", "firmware"])
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static IEnumerable<(string Code, string Place)> Codes(string file)
    {
        var text = File.ReadAllText(file);
        foreach (Match match in Thrown().Matches(text))
        {
            var line = text.AsSpan(0, match.Index).Count('\n') + 1;
            yield return ($"{AreaOf(match.Groups["by"].Value, file)}-{match.Groups["number"].Value}", $"{Path.GetFileName(file)}:{line}");
        }

        foreach (Match match in Written().Matches(text))
        {
            yield return (match.Groups["code"].Value, $"{Path.GetFileName(file)}:{text.AsSpan(0, match.Index).Count('\n') + 1}");
        }
    }

    // By the type that is made; where that is not written (new(…), a helper), by the folder, whose exceptions are of one type.
    private static string AreaOf(string by, string file) =>
        Areas.TryGetValue(by, out var area) ? area
        : file.Split(Path.DirectorySeparatorChar).Reverse().Select(folder => Areas.GetValueOrDefault(folder)).OfType<string>().FirstOrDefault()
            ?? throw new AssertFailedException($"{file}: of which area are the codes of {by}?");

    // A call whose first argument is three digits.
    [GeneratedRegex(@"\b(?<by>\w+)\(\s*""(?<number>\d{3})""")]
    private static partial Regex Thrown();

    [GeneratedRegex(@"""MKX-(?<code>[A-Z]+-\d{3}): ")]
    private static partial Regex Written();
}
