using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Check;
using Makapix.Provisioning.Broker.Up;
using Makapix.Provisioning.Tests.Broker.Up;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Check;

/// <summary>A front with more handshakes than a broker should do: whom it refuses first, what that costs whom it refused, and what it tells of it.</summary>
[TestClass]
public sealed class BusyFrontTests
{
    private const string Often = "127.0.3.1";
    private const string Seldom = "127.0.3.2";
    private const string Household = "127.0.3.3";
    private const string Nat = "127.0.3.4";
    private const string Administrator = "127.0.3.5";
    private const int Most = 200;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public required TestContext TestContext { get; init; }

    private CancellationToken Cancel => TestContext.CancellationToken;

    [TestMethod]
    public async Task An_address_that_comes_often_is_refused_and_not_told_to_fail2ban_and_one_that_comes_seldom_is_served()
    {
        await using var bench = new RunBench();
        var run = await StartAsync(bench, new JsonObject { ["handshakesPerSecond"] = 60, ["ratePerAddress"] = 1000 });
        using var client = new HostileClient(run.Front);
        var caller = new FrontCaller(client, Cancel);
        var served = 0;
        while (await caller.IsServedAsync(Often))
        {
            Assert.IsLessThan(Most, ++served);
        }

        Assert.IsGreaterThanOrEqualTo(20, served, "a household's share");
        Assert.IsTrue(await caller.IsServedAsync(Seldom));
        await RunBench.UntilAsync(() => Task.FromResult(run.Log.Any(line => line.Contains($"client={Seldom}:", StringComparison.Ordinal))), "the front tells of the one that it served");
        Assert.IsFalse(Bans(run), string.Join('\n', run.Log));
    }

    [TestMethod]
    public async Task A_household_that_tries_again_and_again_while_all_is_full_is_served_when_there_is_room_and_not_banned()
    {
        await using var bench = new RunBench();
        var run = await StartAsync(bench, new JsonObject { ["handshakesPerSecond"] = 10 });
        using var client = new HostileClient(run.Front);
        var caller = new FrontCaller(client, Cancel);
        var (served, refused, others) = (0, 0, 0);

        // More than an address may try in 10 s: 60.
        while (refused < 100)
        {
            while (await caller.IsServedAsync(Stranger(others++)))
            {
                Assert.IsLessThan(Most, others);
            }

            _ = await caller.IsServedAsync(Household) ? served++ : refused++;
        }

        Assert.IsLessThan(20, served, "it was full");
        while (!await caller.IsServedAsync(Household))
        {
            Assert.IsLessThan(Most, ++refused);
            await Task.Delay(Poll, Cancel);
        }

        await RunBench.UntilAsync(() => Task.FromResult(run.Log.Any(line => line.Contains($"client={Household}:", StringComparison.Ordinal))), "the front tells of the household");
        Assert.IsFalse(Bans(run), string.Join('\n', run.Log));
    }

    [TestMethod]
    public async Task An_address_that_is_over_its_own_rate_is_kept_out_for_as_long_as_it_goes_on_and_told_to_fail2ban()
    {
        await using var bench = new RunBench();
        var run = await StartAsync(bench, new JsonObject { ["handshakesPerSecond"] = 1000 });
        using var client = new HostileClient(run.Front);
        var caller = new FrontCaller(client, Cancel);
        var served = 0;
        while (await caller.IsServedAsync(Often))
        {
            Assert.IsLessThan(Most, ++served);
        }

        Assert.AreEqual(60, served);
        for (var again = 0; again < 60; again++)
        {
            Assert.IsFalse(await caller.IsServedAsync(Often));
        }

        await RunBench.UntilAsync(() => Task.FromResult(Bans(run)), "the front tells fail2ban");
    }

    [TestMethod]
    [DataRow(Nat, DisplayName = "a known NAT")]
    [DataRow(Administrator, DisplayName = "who administers")]
    public async Task Handshakes_are_kept_for_those_who_are_known_while_strangers_take_all(string known)
    {
        await using var bench = new RunBench();
        var run = await StartAsync(bench, new JsonObject { ["handshakesPerSecond"] = 30 });
        using var client = new HostileClient(run.Front);
        var caller = new FrontCaller(client, Cancel);
        var others = 0;
        while (await caller.IsServedAsync(Stranger(others)))
        {
            Assert.IsLessThan(Most, ++others);
        }

        Assert.IsTrue(await caller.IsServedAsync(known));
    }

    [TestMethod]
    [DataRow(Nat, DisplayName = "a known NAT")]
    [DataRow(Administrator, DisplayName = "who administers")]
    public async Task Connections_are_kept_for_those_who_are_known_while_strangers_take_all(string known)
    {
        await using var bench = new RunBench();

        // A fleet of 100 and one service: an eighth of the one, two for the other.
        var run = await StartAsync(bench, new JsonObject { ["handshakesPerSecond"] = 1000, ["connections"] = 120 });
        using var client = new HostileClient(run.Front);
        var caller = new FrontCaller(client, Cancel);
        var held = new List<HostileConnection>();
        try
        {
            while (await caller.HoldAsync(Stranger(held.Count)) is { } connection)
            {
                held.Add(connection);
                Assert.IsLessThan(Most, held.Count);
            }

            Assert.HasCount(106, held);
            Assert.IsTrue(await caller.IsServedAsync(known));
            Assert.IsFalse(await caller.IsServedAsync(Seldom));
            Assert.IsFalse(Bans(run), string.Join('\n', run.Log));
        }
        finally
        {
            held.ForEach(connection => connection.Dispose());
        }
    }

    // Each comes once.
    private static string Stranger(int number) => $"127.0.7.{number + 1}";

    private static bool Bans(KitRun run) => run.Log.Any(line => line.Contains("state=PR", StringComparison.Ordinal));

    private Task<KitRun> StartAsync(RunBench bench, JsonObject limits)
    {
        bench.Bench.Description["limits"] = limits;
        bench.Bench.Description["knownNats"] = new JsonArray(Nat);
        bench.Bench.Description["management"] = new JsonArray(Administrator);
        return bench.StartAsync(cancel: Cancel);
    }
}
