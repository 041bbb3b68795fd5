using System;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Chips;
using Makapix.Provisioning.Tests.Ledger;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>What is burned is what was shown and written down, or nothing is.</summary>
[TestClass]
public sealed class PlanGuardTests
{
    private const string OfPlan = "WHERE seq = (SELECT seq FROM line_journal WHERE step = 'plan' AND event = 'done')";

    [TestMethod]
    [DataRow("UPDATE audit SET data = replace(data, '\"after\":\"0x7f\"', '\"after\":\"0x1\"') " + OfPlan, DisplayName = "encryption that could be turned off again, in words")]
    [DataRow("UPDATE audit SET data = replace(data, '\"burnHash\":\"', '\"burnHash\":\"0') " + OfPlan, DisplayName = "the hash of other eFuses")]
    [DataRow("UPDATE audit SET data = replace(data, '\"planHash\":\"', '\"planHash\":\"0') " + OfPlan, DisplayName = "the hash of another plan")]
    [DataRow("UPDATE audit SET data = replace(data, 'broker.makapix.test', 'broker.attacker.test') " + OfPlan, DisplayName = "another broker")]
    [DataRow("DELETE FROM line_journal WHERE step = 'plan' AND event = 'done'", DisplayName = "a plan that is gone")]
    [DataRow("DELETE FROM line_journal WHERE seq = 1; UPDATE line_journal SET seq = 1 WHERE step = 'plan' AND event = 'done'", DisplayName = "another entry in its place")]
    public async Task A_plan_that_was_changed_before_the_burn_burns_nothing(string attack)
    {
        using var line = new StubLine { Own = new LedgerBench(DatabaseKind.Sqlite) };
        line.Progress.OnStarted = step =>
        {
            if (step == StepNames.Burn)
            {
                line.Own!.Tamper(attack);
            }
        };
        var error = await Assert.ThrowsAsync<MakapixException>(line.RunAsync);
        Assert.AreEqual("MKX-LINE-122", error.Code, error.Message);
        CollectionAssert.AreEqual(new[] { "flash_id", "summary", "write_flash" }, line.Board.Words.ToArray(), "no burn");
    }

    [TestMethod]
    public async Task After_such_a_refusal_the_board_is_fresh_and_its_certificate_void()
    {
        using var line = new StubLine { Own = new LedgerBench(DatabaseKind.Sqlite) };
        line.Progress.OnStarted = step =>
        {
            if (step == StepNames.Burn)
            {
                line.Own!.Tamper("UPDATE audit SET data = replace(data, '\"burnHash\":\"', '\"burnHash\":\"0') " + OfPlan);
            }
        };
        await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync);
        var serial = line.Journal[^1].Serial!;
        Assert.AreEqual(JournalEvent.Voided, line.Journal[^1].Event);
        Assert.IsNotNull(LineBench.Certificate(serial).RevokedAt);
        Assert.AreEqual(StartKind.Fresh, (await line.RehearseAsync()).Start.Kind);
    }

    [TestMethod]
    [DataRow("00", DisplayName = "other eFuses")]
    [DataRow(null, DisplayName = "a plan of a version that hashed no eFuses")]
    public async Task A_burn_that_was_begun_by_another_plan_is_not_finished_by_this_one(string? burnHash)
    {
        using var line = new StubLine();
        var plan = (await line.RehearseAsync()).Plan with { BurnHash = burnHash };
        var run = Guid.NewGuid();
        line.Write(
            new JournalEntry(DateTimeOffset.UnixEpoch, run, StepNames.Plan, JournalEvent.Done) { Plan = plan, PlanHash = plan.Hash(), DeviceId = Guid.NewGuid(), Serial = "01" },
            new JournalEntry(DateTimeOffset.UnixEpoch, run, StepNames.Burn, JournalEvent.Begin) { KeyHash = "ff", NotAfter = DateTimeOffset.UnixEpoch });
        line.Board.Summary = Recorded.ReleaseSummary;
        Assert.AreEqual("MKX-LINE-122", (await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync)).Code);
        Assert.AreEqual("MKX-LINE-122", (await Assert.ThrowsExactlyAsync<LineException>(() => line.RehearseAsync())).Code, "and a rehearsal says so");
        Assert.IsTrue(line.Board.Words.All(word => word is "flash_id" or "summary"));
    }
}
