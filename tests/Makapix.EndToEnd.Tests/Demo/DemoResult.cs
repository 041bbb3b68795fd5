using System;
using System.Linq;
using System.Text.Json;
using Makapix.EndToEnd.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Demo;

/// <summary>The last line of <c>demo --json</c>, held to its shape: <c>{"ok":bool,"checks":[{"name","ok","detail","seconds"}]}</c>, and nothing else.</summary>
internal sealed record DemoResult(bool Ok, string[] Names, string[] Red)
{
    public static DemoResult Of(CliRun run)
    {
        var last = run.Output.TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith("{", last, run.ToString());
        using var json = JsonDocument.Parse(last);
        CollectionAssert.AreEqual(new[] { "ok", "checks" }, json.RootElement.EnumerateObject().Select(member => member.Name).ToArray());
        var checks = json.RootElement.GetProperty("checks").EnumerateArray().ToArray();
        foreach (var check in checks)
        {
            CollectionAssert.AreEqual(new[] { "name", "ok", "detail", "seconds" }, check.EnumerateObject().Select(member => member.Name).ToArray());
            Assert.IsFalse(string.IsNullOrWhiteSpace(check.GetProperty("detail").GetString()));
            Assert.IsGreaterThanOrEqualTo(0, check.GetProperty("seconds").GetDouble());
        }

        return new DemoResult(
            json.RootElement.GetProperty("ok").GetBoolean(),
            [.. checks.Select(NameOf)],
            [.. checks.Where(check => !check.GetProperty("ok").GetBoolean()).Select(NameOf)]);
    }

    private static string NameOf(JsonElement check) => check.GetProperty("name").GetString() ?? throw new InvalidOperationException("A check has no name.");
}
