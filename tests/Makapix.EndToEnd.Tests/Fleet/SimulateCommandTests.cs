using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Fleet;

/// <summary>A small fleet against a real mosquitto that is killed and comes back.</summary>
[TestClass]
public sealed class SimulateCommandTests
{
    private const int Devices = 40;

    [TestMethod]
    public async Task Every_strategy_brings_all_back_and_the_firmwares_keeps_its_bounds()
    {
        using var temp = new Scratch();
        await using var simulation = Shell.Start(new CliStart { Temp = temp.Root }, "fleet", "simulate", "--devices", $"{Devices}", "--outage", "1", "--json");
        foreach (var strategy in (string[])["makapix", "fixed", "exponential"])
        {
            await simulation.ErrorAsync($"{strategy} (");
        }

        var run = (await simulation.ExitAsync()).Succeeded();
        Assert.IsEmpty(simulation.Survivors);
        Assert.IsEmpty(temp.Entries);

        using var json = JsonDocument.Parse(run.Output);
        var report = json.RootElement;
        Assert.AreEqual(Devices, report.GetProperty("devices").GetInt32());
        CollectionAssert.AreEqual(new[] { "peak-attempts", "total-attempts", "online-95" }, report.GetProperty("bounds").EnumerateArray().Select(bound => bound.GetProperty("name").GetString()).ToArray());
        Assert.IsTrue(report.GetProperty("bounds").EnumerateArray().All(bound => bound.GetProperty("holds").GetBoolean()), run.Output);
        Assert.IsTrue(report.GetProperty("ok").GetBoolean());
        var strategies = report.GetProperty("strategies").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!);
        foreach (var one in strategies.Values)
        {
            AssertWhole(one);
        }

        Assert.AreEqual(Devices, strategies["fixed"].GetProperty("attempts").GetInt32(), "after ten seconds the broker is long back");
        Assert.IsGreaterThan(8.0, strategies["fixed"].GetProperty("secondsTo50").GetDouble());
        Assert.IsGreaterThan(5, strategies["makapix"].GetProperty("attemptsPerSecond").EnumerateArray().Count(second => second.GetInt32() > 0), "spread");
    }

    [TestMethod]
    public async Task One_strategy_alone_is_shown_as_a_table_and_judged_by_itself()
    {
        var run = (await Shell.RunAsync("fleet", "simulate", "--devices", "3", "--outage", "1", "--strategy", "makapix")).Succeeded();
        Assert.Contains("attempts, busiest second", run.Output);
        Assert.Contains("✓ online-95", run.Output);
        Assert.DoesNotContain("fixed", run.Output);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    /// <summary>All of them lost their session once, and came back; sums and histograms tell the same.</summary>
    private static void AssertWhole(JsonElement one)
    {
        var name = one.GetProperty("name").GetString();
        int Number(string property) => one.GetProperty(property).GetInt32();
        int Sum(string histogram) => one.GetProperty(histogram).EnumerateArray().Sum(second => second.GetInt32());
        Assert.IsGreaterThanOrEqualTo(Devices, one.GetProperty("failures").GetProperty("session_lost").GetInt32(), name);
        Assert.IsGreaterThanOrEqualTo(Devices, Number("successes"), name);
        Assert.IsGreaterThanOrEqualTo(Number("successes"), Number("attempts"), name);
        Assert.AreEqual(Number("attempts"), Sum("attemptsPerSecond"), name);
        Assert.AreEqual(Number("successes"), Sum("successesPerSecond"), name);
        Assert.IsTrue(Number("peakAttempts") >= Number("attempts") / one.GetProperty("attemptsPerSecond").GetArrayLength() && Number("peakAttempts") <= Number("attempts"), name);
        Assert.IsLessThanOrEqualTo(one.GetProperty("secondsTo95").GetDouble(), one.GetProperty("secondsTo50").GetDouble(), name);
        Assert.IsLessThanOrEqualTo(one.GetProperty("secondsTo100").GetDouble(), one.GetProperty("secondsTo95").GetDouble(), name);
        Assert.IsGreaterThanOrEqualTo(1.0, one.GetProperty("outageSeconds").GetDouble(), name);
        Assert.IsGreaterThan(0.0, one.GetProperty("brokerCpuSeconds").GetDouble(), name);
    }
}
