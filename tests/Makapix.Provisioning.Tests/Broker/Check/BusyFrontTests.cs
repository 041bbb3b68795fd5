using System;
using System.Collections.Generic;
using System.Diagnostics;
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

    // Seldom enough to be no flood.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    // So long after it was full, at 5 a second, more than 2 were there in the second before.
    private static readonly TimeSpan StillBusy = TimeSpan.FromMilliseconds(400);

    // So long after 140 tries more than 60 count as made in 10 s: in haproxy's reckoning, one that is t old counts for at least 1 - t/10 s.
    private static readonly TimeSpan StillOften = TimeSpan.FromSeconds(5);

    public required TestContext TestContext { get; init; }

    private CancellationToken Cancel => TestContext.CancellationToken;

    // Limits are low, since a machine that has other work must come up to them too.
    [TestMethod]
    public async Task An_address_that_comes_often_is_refused_and_not_told_to_fail2ban_and_one_that_comes_seldom_is_served()
    {
        await using var bench = new RunBench();
        var run = await StartAsync(bench, new JsonObject { ["handshakesPerSecond"] = 9, ["ratePerAddress"] = 1000 });
        using var client = new HostileClient(run.Front);
        var caller = new FrontCaller(client, Cancel);
        var served = 0;
        while (await caller.IsServedAsync(Often))
        {
            Assert.IsLessThan(Most, ++served);
        }

        Assert.IsGreaterThanOrEqualTo(4, served, "a fifth of a household's share, in 2 s");
        Assert.IsTrue(await caller.IsServedAsync(Seldom));
        await RunBench.UntilAsync(() => Task.FromResult(run.Log.Any(line => line.Contains($"client={Seldom}:", StringComparison.Ordinal))), "the front tells of the one that it served");
        Assert.IsFalse(Bans(run), string.Join('\n', run.Log));
    }

    [TestMethod]
    public async Task A_household_that_tries_again_and_again_while_all_is_full_is_served_when_there_is_room_and_not_banned()
    {
        await using var bench = new RunBench();
        var run = await StartAsync(bench, new JsonObject { ["handshakesPerSecond"] = 5, ["ratePerAddress"] = 20 });
        using var client = new HostileClient(run.Front);
        var caller = new FrontCaller(client, Cancel);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var (served, refused) = (0, 0);

        // More at a time than the household: they take the places that fall free, on a machine that has other work too.
        var crowd = Enumerable.Range(0, 4).Select(first => CrowdAsync(caller, first, step: 4, end.Token)).ToArray();

        // Ten players, each of them twice and some a third time: more than an address may have let through in 10 s.
        while (refused < 25)
        {
            _ = await caller.IsServedAsync(Household) ? served++ : refused++;
            await Task.Delay(Poll / 5, Cancel);
        }

        await end.CancelAsync();
        await Task.WhenAll(crowd);
        Assert.IsLessThan(10, served, "it was full");
        await RunBench.UntilAsync(() => IsServedInTimeAsync(caller, Household), "the household is let in");
        await RunBench.UntilAsync(() => Task.FromResult(run.Log.Any(line => line.Contains($"client={Household}:", StringComparison.Ordinal))), "the front tells of the household");
        Assert.IsFalse(Bans(run), string.Join('\n', run.Log));
    }

    [TestMethod]
    public async Task Who_tries_again_and_again_gets_no_place_that_falls_free_before_strangers_do()
    {
        await using var bench = new RunBench();

        // Full at 5 a second, busy from 2 on; a share of 20 in 10 s, and 60 attempts.
        var run = await StartAsync(bench, new JsonObject { ["handshakesPerSecond"] = 6, ["ratePerAddress"] = 1000 });
        using var client = new HostileClient(run.Front);
        var caller = new FrontCaller(client, Cancel);
        var (others, strangers, judged) = (0, 0, 0);
        var often = new Stopwatch();

        // Busy, and a place falls free each fifth of a second.
        while (strangers < 20 || judged < 20)
        {
            if (!often.IsRunning || often.Elapsed > StillOften)
            {
                often.Restart();
                await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TryAsync(caller, Often, times: 35)));
            }

            var full = Stopwatch.StartNew();
            while (await caller.IsServedAsync(Stranger(others++)))
            {
                strangers++;
                full.Restart();
            }

            // Full when that one came. Until the next comes, a machine that has other work may let so much time pass that there is room for everybody: what the front does then proves nothing.
            await Task.Delay(Poll, Cancel);
            var served = await caller.IsServedAsync(Often);
            if (full.Elapsed < StillBusy && often.Elapsed < StillOften)
            {
                Assert.IsFalse(served, $"after {strangers} strangers");
                judged++;
            }

            Assert.IsLessThan(3 * Most, others, $"{judged} tries while it was busy");
        }

        Assert.IsFalse(Bans(run), string.Join('\n', run.Log));
    }

    [TestMethod]
    public async Task A_known_NAT_that_turns_hostile_leaves_strangers_their_share()
    {
        await using var bench = new RunBench();
        var run = await StartAsync(bench, new JsonObject { ["handshakesPerSecond"] = 10, ["connectionsPerNat"] = 1000 });
        using var client = new HostileClient(run.Front);
        var caller = new FrontCaller(client, Cancel);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var flood = Enumerable.Range(0, 4).Select(_ => FloodAsync(caller, Nat, end.Token)).ToArray();
        for (var (strangers, others) = (0, 0); strangers < 10;)
        {
            Assert.IsLessThan(Most, others, $"{strangers} were served");
            if (await caller.IsServedAsync(Stranger(others++)))
            {
                strangers++;
            }
            else
            {
                await Task.Delay(Poll, Cancel);
            }
        }

        await end.CancelAsync();
        var served = await Task.WhenAll(flood);
        Assert.IsGreaterThan(0, served.Sum(), "the NAT has players too");
    }

    [TestMethod]
    public async Task An_address_that_is_over_its_own_rate_is_kept_out_for_as_long_as_it_goes_on_and_told_to_fail2ban()
    {
        await using var bench = new RunBench();
        var run = await StartAsync(bench, new JsonObject { ["handshakesPerSecond"] = 1000, ["connectionsPerAddress"] = 10, ["ratePerAddress"] = 10 });
        using var client = new HostileClient(run.Front);
        var caller = new FrontCaller(client, Cancel);
        var served = 0;
        while (await caller.IsServedAsync(Often))
        {
            Assert.IsLessThan(Most, ++served);
        }

        Assert.AreEqual(10, served);
        for (var again = 0; again < 10; again++)
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
        var run = await StartAsync(bench, new JsonObject { ["handshakesPerSecond"] = 5 });
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
    private static string Stranger(int number) => $"127.0.{7 + (number / 250)}.{(number % 250) + 1}";

    // One stranger after another: a part of all of them.
    private static async Task CrowdAsync(FrontCaller caller, int first, int step, CancellationToken end)
    {
        for (var number = first; !end.IsCancellationRequested; number += step)
        {
            await caller.IsServedAsync(Stranger(number));
            await Task.WhenAny(Task.Delay(Poll / 5, end));
        }
    }

    private static async Task TryAsync(FrontCaller caller, string from, int times)
    {
        for (var tried = 0; tried < times; tried++)
        {
            await caller.IsServedAsync(from);
        }
    }

    // Each of four as often as leaves the NAT below what it may try in 10 s.
    private static async Task<int> FloodAsync(FrontCaller caller, string from, CancellationToken end)
    {
        var served = 0;
        while (!end.IsCancellationRequested)
        {
            served += await caller.IsServedAsync(from) ? 1 : 0;
            await Task.WhenAny(Task.Delay(Poll / 5, end));
        }

        return served;
    }

    private static bool Bans(KitRun run) => run.Log.Any(line => line.Contains("state=PR", StringComparison.Ordinal));

    private async Task<bool> IsServedInTimeAsync(FrontCaller caller, string who)
    {
        await Task.Delay(Poll, Cancel);
        return await caller.IsServedAsync(who);
    }

    private Task<KitRun> StartAsync(RunBench bench, JsonObject limits)
    {
        bench.Bench.Description["limits"] = limits;
        bench.Bench.Description["knownNats"] = new JsonArray(Nat);
        bench.Bench.Description["management"] = new JsonArray(Administrator);
        return bench.StartAsync(cancel: Cancel);
    }
}
