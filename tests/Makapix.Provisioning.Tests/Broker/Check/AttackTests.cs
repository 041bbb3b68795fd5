using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Check;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Check;

/// <summary>Each attack does to a real broker what its name says; and what a kit is for: the same attack comes to nothing there.</summary>
[TestClass]
[DoNotParallelize] // One broker, and the same players: they would end each other's sessions.
public sealed class AttackTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CheckBench? _bench;

    public required TestContext TestContext { get; init; }

    // What each must have counted before it is stopped.
    public static IEnumerable<object[]> Signs =>
    [
        ["idle-tcp", "opened"], ["stalled-hello", "opened"], ["tls-no-connect", "opened"], ["handshakes", "shaken"], ["flapping", "connected"], ["keep-alive", "5: asked for 65535 s, given 65535 s"],
        ["50-addresses", "opened"], ["50-stalled", "opened"], ["50-flapping", "connected"], ["large-packets", "taken"], ["malformed", "closed by the broker"], ["property-bombs", "closed by the broker"], ["offline-queue", "sent"],
        ["wildcards", "filters taken"], ["foreign-topics", "sent"], ["takeover", "connected"], ["certificates", "foreign: refused"], ["retained", "sent"], ["retained-large", "sent"], ["message-rate", "sent"],
    ];

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => _bench = await CheckBench.StartAsync();

    [ClassCleanup]
    public static async Task EndAsync()
    {
        if (_bench is not null)
        {
            await _bench.DisposeAsync();
        }
    }

    [TestMethod]
    [DynamicData(nameof(Signs))]
    public async Task Does_what_it_says_to_a_broker_that_lets_it(string name, string sign)
    {
        var scene = await _bench!.AttackAsync(AttackTable.Named([name])[0], scene => scene.Counts.ContainsKey(sign), Patience);
        Assert.IsTrue(scene.Counts.ContainsKey(sign), string.Join(", ", scene.Counts));
        Assert.IsTrue(_bench.Stock.Runs);
        Assert.AreEqual(0, scene.Client.Open, "sockets that nobody closed");
    }

    [TestMethod]
    public void Every_attack_is_tried() =>
        CollectionAssert.AreEqual(AttackTable.All.Select(attack => attack.Name).Where(name => name != "none").ToArray(), Signs.Select(sign => (string)sign[0]).ToArray());

    [TestMethod]
    [DataRow("takeover", DisplayName = "a session stolen by its client id")]
    [DataRow("wildcards", DisplayName = "listening to everybody")]
    [DataRow("foreign-topics", DisplayName = "speaking in the name of others")]
    [DataRow("keep-alive", DisplayName = "a session for ever")]
    public async Task Stock_lets_through_what_it_should_not(string name)
    {
        var scene = await _bench!.AttackAsync(AttackTable.Named([name])[0], scene => scene.LetThrough > 0, Patience);
        Assert.IsGreaterThan(0, scene.LetThrough);
    }

    [TestMethod]
    public async Task Stock_lets_in_the_revoked_and_nobody_else_who_is_wrong()
    {
        var scene = await _bench!.AttackAsync(new CertificateAttack(), scene => scene.Counts.Count >= 5, Patience);
        Assert.AreEqual("expired: refused, foreign: refused, not yet valid: refused, revoked: let in, wrong usage: refused", string.Join(", ", scene.Counts.Keys));
    }

    [TestMethod]
    [DataRow("certificates")]
    [DataRow("takeover")]
    [DataRow("keep-alive")]
    public async Task A_kit_lets_nothing_through_while_its_players_are_served(string name)
    {
        var figures = await new CheckRun(_bench!.World, AttackTable.Named([name])[0], CheckOptions.Kit, TimeSpan.FromSeconds(2)).RunAsync(() => { }, TestContext.CancellationToken);
        Assert.AreEqual(0L, figures.LetThrough, figures.ToJson());
        Assert.IsTrue(figures.Alive);
        Assert.IsGreaterThan(0, figures.Legitimate.Attempts);
        Assert.AreEqual(figures.Legitimate.Attempts, figures.Legitimate.Successes, figures.ToJson());
        Assert.AreEqual((figures.Household.Attempts, 0), (figures.Household.Successes, figures.Drops), figures.ToJson());
        Assert.IsNotNull(figures.RecoverySeconds);
        Assert.IsGreaterThan(0.0, figures.BrokerMegabytes);
        Assert.IsGreaterThan(0.0, figures.FrontMegabytes);
        Assert.IsGreaterThan(0L, figures.Attacker.Values.Sum());
    }

    [TestMethod]
    [DataRow("malformed")]
    [DataRow("property-bombs")]
    [DataRow("large-packets")]
    public async Task What_is_to_harm_the_broker_is_not_refused_by_the_front_before_it(string name)
    {
        // Longer than one address alone would be let do it.
        var figures = await new CheckRun(_bench!.World, AttackTable.Named([name])[0], CheckOptions.Kit, TimeSpan.FromSeconds(8)).RunAsync(() => { }, TestContext.CancellationToken);
        Assert.IsFalse(figures.Attacker.ContainsKey("refused"), figures.ToJson());
        Assert.IsGreaterThan(0L, figures.Attacker["closed by the broker"]);
        Assert.IsTrue(figures.Alive);
    }
}
