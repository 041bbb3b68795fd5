using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Broker;
using Makapix.Provisioning.Broker.Up;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Up;

/// <summary>What a unit does for a broker that ends, a run does too.</summary>
[TestClass]
public sealed class KeptBrokerTests
{
    private const int LeastMegabytes = 32;
    private const int Longest = 128 * 1024;

    public required TestContext TestContext { get; init; }

    private CancellationToken Cancel => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_broker_that_died_is_started_again_and_found_and_reloaded_as_its_new_process()
    {
        await using var bench = new RunBench();
        await using var up = await bench.UpAsync(Cancel);
        var before = up.Run.BrokerMarks.Single();
        Kill(before.Id);
        await RunBench.UntilAsync(() => Task.FromResult(KitRunRecord.ReadLive(bench.Home).Brokers.Single() is var now && now != before && now.IsAlive), "the record does not name a broker that lives");
        Assert.AreEqual((1, false), (up.Run.Restarts, up.Run.HasFailed));
        var status = await KitStatus.ReadAsync(bench.Home, DateTimeOffset.UtcNow, Cancel);
        Assert.AreEqual((up.Run.BrokerMarks.Single().Id, true), (status.Brokers.Single().ProcessId, status.Brokers.Single().IsAlive));
        await KitReload.RunAsync(bench.Home, DateTimeOffset.UtcNow, Cancel);
        await RunBench.UntilAsync(() => Task.FromResult(up.Run.Log.Any(line => line.EndsWith("Reloading config.", StringComparison.Ordinal))), "the new process was not told to read its files again");
    }

    [TestMethod]
    public async Task One_stolen_certificate_that_fills_the_memory_keeps_nobody_out()
    {
        await using var bench = new RunBench();
        bench.Bench.Description["limits"] = new JsonObject { ["memoryMegabytes"] = LeastMegabytes };
        var run = await bench.StartAsync(cancel: Cancel);
        var id = Guid.NewGuid();
        await using (var thief = await bench.ConnectAsync(TestPki.Shared.Client($"{id:D}"), Longest * 2))
        {
            await Assert.ThrowsAsync<MqttException>(() => FillAsync(thief, id));
        }

        await RunBench.UntilAsync(async () => run.Restarts == 1 && await bench.KnockAsync(TestPki.Shared.Client("svc_backend")) is null, "nobody gets in any more");
        Assert.Contains($"its memory passed {LeastMegabytes} MiB: ended and started again", string.Join('\n', run.Log));
        Assert.IsFalse(run.HasFailed);
    }

    [TestMethod]
    public async Task A_broker_that_cannot_be_started_again_ends_the_run_with_what_it_said()
    {
        await using var bench = new RunBench();
        var run = await bench.StartAsync(cancel: Cancel);
        var watch = run.WatchAsync(Cancel);
        File.WriteAllText(Path.Combine(bench.Home, "mosquitto-a.conf"), "nonsense true\n");
        Kill(run.BrokerProcessIds.Single());
        var failed = await Assert.ThrowsExactlyAsync<BrokerException>(() => watch);
        Assert.AreEqual("MKX-BROKER-003", failed.Code);
        Assert.Contains("nonsense", failed.Message);
        Assert.IsTrue(run.HasFailed);
    }

    private static void Kill(int process)
    {
        using var found = Process.GetProcessById(process);
        found.Kill();
    }

    private async Task FillAsync(MqttClient thief, Guid id)
    {
        // Twice of what it may have.
        for (var number = 0; number < LeastMegabytes * 2 * 1024 * 1024 / Longest; number++)
        {
            await thief.PublishAsync($"makapix/player/{id:D}/request/{number}", new byte[Longest], MqttQos.AtLeastOnce, retain: true, cancellation: Cancel);
        }
    }
}
