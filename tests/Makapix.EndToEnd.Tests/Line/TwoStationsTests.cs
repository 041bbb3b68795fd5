using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Line;

/// <summary>Two stations on one ledger, each a process of its own.</summary>
[TestClass]
public sealed class TwoStationsTests
{
    // Two chips with one address stand for one board, which no two ports can have at a time.
    [TestMethod]
    public async Task Board_that_two_stations_take_at_once_becomes_one_device()
    {
        using var scratch = new Scratch();
        await using var first = await ChipOnPort.StartAsync(scratch.At("chip-1"), "--mac", "24:0a:c4:0a:00:11");
        await using var second = await ChipOnPort.StartAsync(scratch.At("chip-2"), "--mac", "24:0a:c4:0a:00:11");
        var runs = await Task.WhenAll(RunAsync(first.Port, scratch.At("state-1")), RunAsync(second.Port, scratch.At("state-2")));

        Assert.HasCount(1, runs.Where(run => run.ExitCode == 0));
        var other = runs.Single(run => run.ExitCode != 0);

        // If it looked while the other worked on the board; or, on a slow machine, only after that.
        Assert.IsTrue(other.Error.Contains("MKX-LINE-110") || other.Error.Contains("MKX-LINE-102"), other.Error);
        Assert.HasCount(1, ((string[])["state-1", "state-2"]).Select(name => scratch.At(name)).Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, "*.device.json")));
    }

    private static async Task<CliRun> RunAsync(string port, string state) => await Shell.RunAsync(Workbench.WithPassphrase, [.. await Workbench.ProvisionAsync(port, state)]);
}
