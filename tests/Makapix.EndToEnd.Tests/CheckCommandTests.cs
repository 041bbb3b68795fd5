using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary><c>makapix broker check</c>, as a shell starts it.</summary>
[TestClass]
public sealed class CheckCommandTests
{
    [TestMethod]
    public async Task A_line_of_JSON_for_each_attack_and_target_and_nothing_left_behind()
    {
        using var temp = new Scratch();
        await using var check = Shell.Start(new CliStart { Temp = temp.Root }, "broker", "check", "--only", "certificates", "--seconds", "1", "--json");
        await check.ErrorAsync("certificates, stock");
        await check.ErrorAsync("certificates, kit");
        var run = await check.ExitAsync();
        Assert.IsEmpty(check.Survivors);
        Assert.IsEmpty(temp.Entries);
        var lines = run.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.AreEqual("stock kit", string.Join(' ', lines.Select(line => line.GetProperty("target").GetString())));
        Assert.IsTrue(lines.All(line => line.GetProperty("attack").GetString() == "certificates" && line.GetProperty("legitimate").GetProperty("attempts").GetInt32() > 0), run.Output);
        Assert.AreEqual(0, lines[1].GetProperty("letThrough").GetInt32());
        var broken = lines[1].GetProperty("broken").EnumerateArray().Select(bound => bound.GetString()!).ToArray();
        Assert.AreEqual(broken.Length == 0 ? 0 : 1, run.ExitCode, run.ToString());
        Assert.IsEmpty(broken.Where(bound => !IsOfTime(bound)), run.ToString());
    }

    [TestMethod]
    public async Task A_table_for_people()
    {
        var run = (await Shell.RunAsync("broker", "check", "--only", "none", "--target", "stock", "--seconds", "1")).Succeeded();
        Assert.Contains("| none", run.Output);
        var broken = run.Output.Split('\n').Single(line => line.StartsWith("| none", StringComparison.Ordinal)).Trim().Trim('|').Split('|')[^1].Trim();
        Assert.IsTrue(broken == "nothing" || IsOfTime(broken), run.Output);
        Assert.Contains("no attack: what this machine does by itself", run.Output);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [TestMethod]
    [DataRow("stock")]
    [DataRow("kit")]
    public async Task Interrupted_it_ends_what_it_attacks_and_leaves_nothing(string during)
    {
        using var temp = new Scratch();
        await using var check = Shell.Start(new CliStart { Temp = temp.Root }, "broker", "check", "--only", "flapping", "--target", during, "--seconds", "60");
        await check.ErrorAsync($"flapping, {during}");
        await check.InterruptAsync();
        (await check.ExitAsync()).Refused(130, "MKX-CLI-130");
        Assert.IsEmpty(check.Survivors);
        Assert.IsEmpty(temp.Entries);
    }

    [TestMethod]
    public async Task An_unknown_attack_is_answered_with_those_that_there_are()
    {
        var run = (await InProcess.RunAsync("broker", "check", "--only", "none,nonsense")).Refused(1, "MKX-BROKER-051");
        Assert.Contains("'nonsense'", run.Error);
        Assert.Contains("idle-tcp, stalled-hello", run.Error);
    }

    [TestMethod]
    [DataRow("--target", "production")]
    [DataRow("--target", "192.0.2.1:8883")]
    [DataRow("--seconds", "0")]
    [DataRow("--seconds", "61")]
    public async Task Takes_no_other_target_and_no_attack_without_end(string option, string value) =>
        Assert.Contains(option, (await InProcess.RunAsync("broker", "check", option, value)).Refused(2, "MKX-CLI-001").Error);

    // How fast the legitimate are served is the machine's, which has other work while these tests run. What is let through, dropped or dead is the kit's.
    private static bool IsOfTime(string bound) => bound.StartsWith("p99 of ", StringComparison.Ordinal) || bound.StartsWith("well again after ", StringComparison.Ordinal);
}
