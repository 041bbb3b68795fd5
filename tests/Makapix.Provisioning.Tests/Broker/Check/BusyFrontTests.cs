using System;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Check;
using Makapix.Provisioning.Tests.Broker.Up;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Check;

/// <summary>A front with more handshakes than a broker should do: whom it refuses first, and what it tells of it.</summary>
[TestClass]
public sealed class BusyFrontTests
{
    private static readonly IPAddress Often = IPAddress.Parse("127.0.3.1");
    private static readonly IPAddress Seldom = IPAddress.Parse("127.0.3.2");

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task An_address_that_comes_often_is_refused_and_not_told_to_fail2ban_and_one_that_comes_seldom_is_served()
    {
        await using var bench = new RunBench();
        bench.Bench.Description["limits"] = new JsonObject { ["handshakesPerSecond"] = 30, ["ratePerAddress"] = 1000 };
        var run = await bench.StartAsync();
        using var client = new HostileClient(run.Front);
        var served = 0;
        while (await IsServedAsync(client, Often))
        {
            Assert.IsLessThan(200, ++served);
        }

        Assert.IsGreaterThanOrEqualTo(9, served);
        Assert.IsTrue(await IsServedAsync(client, Seldom));
        await RunBench.UntilAsync(() => Task.FromResult(run.Log.Any(line => line.Contains($"client={Seldom}:", StringComparison.Ordinal))), "the front tells of the one that it served");
        Assert.IsFalse(run.Log.Any(line => line.Contains("state=PR", StringComparison.Ordinal)), string.Join('\n', run.Log));
    }

    private async Task<bool> IsServedAsync(HostileClient client, IPAddress from)
    {
        using var connection = await client.TcpAsync(from, TestContext.CancellationToken);
        Assert.IsNotNull(connection);
        await connection.WriteAsync(await ClientHello.NewAsync(TestContext.CancellationToken), TestContext.CancellationToken);

        // A server's hello begins with the number of a handshake record.
        return await connection.ReadAsync(1, TestContext.CancellationToken) is [0x16];
    }
}
