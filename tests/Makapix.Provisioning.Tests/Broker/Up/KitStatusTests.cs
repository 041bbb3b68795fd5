using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Up;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Up;

/// <summary>A kit is well when players are let in, and not when its processes live.</summary>
[TestClass]
public sealed class KitStatusTests
{
    public required TestContext TestContext { get; init; }

    private CancellationToken Cancel => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_broker_that_hangs_is_not_well_though_it_lives_and_its_port_answers()
    {
        await using var bench = new RunBench();
        await using var up = await bench.UpAsync(Cancel);
        KitStatus? seen = null;
        await RunBench.UntilAsync(async () => (seen = await KitStatus.ReadAsync(bench.Home, DateTimeOffset.UtcNow, Cancel)).Ok, "it is well");
        var well = seen!;
        Assert.AreEqual(well.Certificate.Ends, well.Handshake!.Ends);

        var broker = up.Run.BrokerProcessIds.Single();
        await ProcessSignal.SendAsync(broker, "STOP", Cancel);
        try
        {
            var hangs = await KitStatus.ReadAsync(bench.Home, DateTimeOffset.UtcNow, Cancel);
            Assert.AreEqual((true, true, true), (hangs.Front.Answers, hangs.Brokers.Single().IsAlive, hangs.Brokers.Single().IsUp));
            Assert.IsNull(hangs.Handshake);
            Assert.IsFalse(hangs.Ok);
        }
        finally
        {
            await ProcessSignal.SendAsync(broker, "CONT", CancellationToken.None);
        }
    }

    [TestMethod]
    [DataRow(100L, true)]
    [DataRow(101L, false)]
    [DataRow(null, false)]
    public void A_broker_past_its_memory_is_not_well(long? bytes, bool well) =>
        Assert.AreEqual(well, new KitBrokerStatus("a", 1, IsAlive: true, IsUp: true, new KitUse(0, 1), new KitUse(bytes, 100)).IsWell);
}
