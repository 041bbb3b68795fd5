using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Demo;

/// <summary>Each check sees what it guards broken, and no other check is confused by it.</summary>
[TestClass]
public sealed class SabotageTests
{
    [TestMethod]
    [DynamicData(nameof(DemoChecks.Rows), typeof(DemoChecks))]
    public async Task Exactly_the_sabotaged_check_turns_red(string check)
    {
        using var scratch = new Scratch();
        RequireRed(check, await InProcess.RunAsync("demo", "--json", "--sabotage", check, "--keep", scratch.At("kept")));
    }

    [TestMethod]
    public async Task A_demo_that_fails_leaves_nothing_behind()
    {
        using var temp = new Scratch();
        RequireRed(DemoChecks.Names[^2], await Shell.RunAsync(new CliStart { Temp = temp.Root }, "demo", "--json", "--sabotage", DemoChecks.Names[^2]));
        Assert.IsEmpty(temp.Entries, "scratch was left behind");
    }

    private static void RequireRed(string check, CliRun run)
    {
        Assert.AreEqual(1, run.ExitCode, run.ToString());
        var result = DemoResult.Of(run);
        Assert.IsFalse(result.Ok);
        CollectionAssert.AreEqual(DemoChecks.Names, result.Names, run.ToString());
        CollectionAssert.AreEqual(new[] { check }, result.Red, run.ToString());
    }
}
