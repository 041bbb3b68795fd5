using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Line.Lanes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line.Lanes;

/// <summary>Lanes without chips: which boards are taken, when, and what one does to the other.</summary>
[TestClass]
public sealed class ParallelLineTests
{
    [TestMethod]
    public void Boards_are_taken_as_they_are_plugged_in_each_in_a_lane_of_its_port()
    {
        using var bench = new LanesBench().Start();
        var first = bench.Take("P1")[0];
        bench.Take("P0", "P2");
        Assert.IsFalse(first.Ended.IsCompleted, "the first one goes on beside them");
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, new[] { bench.Told.At("P1")!.Lane, bench.Told.At("P0")!.Lane, bench.Told.At("P2")!.Lane });
        var id = first.Pass();
        bench.Results(1);
        var result = bench.Told.Results[0];
        Assert.AreEqual((BoardOutcome.Passed, 1, "P1", (Guid?)id, "24:0a:c4:00:00:01"), (result.Result, result.Lane, result.Port, result.DeviceId, result.Mac));
        Assert.IsFalse(bench.Run.IsCompleted, "more boards may come");
    }

    [TestMethod]
    public void Named_ports_have_their_lanes_before_a_board_is_there()
    {
        using var bench = new LanesBench { Watch = new ScriptedWatch { Expected = ["P2", "P1"] } }.Start();
        Assert.AreEqual((1, LanePhase.Waiting), (bench.Told.At("P2")!.Lane, bench.Told.At("P2")!.Phase));
        Assert.AreEqual((2, LanePhase.Waiting), (bench.Told.At("P1")!.Lane, bench.Told.At("P1")!.Phase));
        bench.Look();
        Assert.HasCount(2, bench.Told.Views, "each is told once");
    }

    [TestMethod]
    public void Port_that_comes_with_its_board_is_told_as_one_that_has_a_board()
    {
        using var bench = new LanesBench().Start();
        bench.Watch.Plug("P1");
        bench.Look(1);
        Assert.IsTrue(bench.Told.Views.Single().BoardIsThere, "nobody is asked to plug in what is there");
    }

    [TestMethod]
    public void Steps_are_told_and_a_burn_that_is_waited_for()
    {
        using var bench = new LanesBench().Start();
        var board = bench.Take("P1")[0];
        board.Progress.Started(StepNames.Burn, "burn the key");
        Assert.AreEqual((LanePhase.Working, 8, "burn the key", false), View());
        board.Progress.WaitingForBurn();
        Assert.AreEqual((LanePhase.Working, 8, "burn the key", true), View());

        (LanePhase, int, string, bool) View() => bench.Told.At("P1")! is var view ? (view.Phase, view.Step, view.Title, view.Burning) : default;
    }

    public static object[][] Failures =>
    [
        ["MKX-CHIP-012", "no board answers", new ChipException("012", "no chip answers.", "Hold BOOT.")],
        ["MKX-LINE-110", "another station took it", new LineException("110", "another line is working on board 24:0a:c4:00:00:01.", "Wait until it is done.")],
        ["MKX-LINE-102", "a second board with its address", new LineException("102", "it is another board with the same address.", "Do not use it.")],
        ["MKX-LINE-120", "scrap", new LineException("120", "the key is lost.", "Scrap the board.")],
        ["MKX-LEDGER-010", "another writer is slow", new Provisioning.Ledger.LedgerException("010", "another process is writing.", "Wait for it.")],
        ["MKX-LINE-162", "a defect", new InvalidOperationException("the secret of the station")],
        ["MKX-LINE-162", "cancelled by itself", new OperationCanceledException()],
    ];

    [TestMethod]
    [DynamicData(nameof(Failures))]
    public void Board_that_fails_stops_no_neighbour(string code, string what, Exception why)
    {
        using var bench = new LanesBench().Start();
        var boards = bench.Take("P1", "P2");
        boards[0].Fail(why);
        bench.Results(1);
        var failed = bench.Told.Results[0];
        Assert.AreEqual((BoardOutcome.Failed, code), (failed.Result, failed.Code), what);
        Assert.IsNotNull(failed.NextStep);
        Assert.DoesNotContain("secret", failed.ToJson());
        Assert.IsEmpty(bench.Told.Halts);

        bench.Take("P3");
        Assert.IsFalse(boards[1].Cancel.IsCancellationRequested);
        boards[1].Pass();
        bench.Results(2);
        Assert.AreEqual(BoardOutcome.Passed, bench.Told.Results[1].Result);
    }

    [TestMethod]
    public void Device_that_is_put_in_again_is_no_failure()
    {
        using var bench = new LanesBench().Start();
        bench.Take("P1")[0].Fail(new LineException("104", "this board is device 1 already.", "Nothing is left to do for it."));
        bench.Results(1);
        Assert.AreEqual(BoardOutcome.Already, bench.Told.Results[0].Result);
        LanesBench.Until(() => bench.Told.At("P1")!.Phase == LanePhase.Already, "it is said");
    }

    [TestMethod]
    public async Task Boards_are_taken_until_enough_are_devices_and_one_more_when_one_fails()
    {
        using var bench = new LanesBench().Start(count: 2);
        bench.Watch.Plug("P1");
        bench.Watch.Plug("P2");
        bench.Watch.Plug("P3");
        bench.Look();
        LanesBench.Until(() => bench.Boards.Ports == "P1 P2", "two are taken");
        Assert.AreEqual(LanePhase.NotTaken, bench.Told.At("P3")!.Phase);

        bench.LastAt("P1").Pass();
        bench.LastAt("P2").Fail(new ChipException("012", "no chip answers.", "Hold BOOT."));
        bench.Results(2);
        bench.Look();
        LanesBench.Until(() => bench.Boards.Ports == "P1 P2 P3", "the third is taken in the place of the second");
        bench.LastAt("P3").Pass();
        await bench.EndsAsync();
        Assert.AreEqual(2, bench.Told.Results.Count(board => board.Result == BoardOutcome.Passed));
    }

    [TestMethod]
    public async Task Interrupted_it_takes_nothing_more_and_waits_for_the_burns()
    {
        using var bench = new LanesBench().Start();
        var boards = bench.Take("P1", "P2");
        bench.Watch.Plug("P3");
        bench.Interrupt();
        Assert.IsTrue(boards.All(board => board.Cancel.IsCancellationRequested), "the line hears it");
        boards[0].Fail(new OperationCanceledException(boards[0].Cancel));
        bench.Results(1);
        Assert.IsFalse(bench.Run.IsCompleted, "the second burns");
        boards[1].Pass();
        await Assert.ThrowsAsync<OperationCanceledException>(bench.EndsAsync);
        Assert.AreEqual("P1 P2", bench.Boards.Ports);
        CollectionAssert.AreEqual(new[] { BoardOutcome.Interrupted, BoardOutcome.Passed }, bench.Told.Results.Select(board => board.Result).ToArray());
    }

    [TestMethod]
    public async Task Interrupted_while_all_lanes_wait_it_ends_at_once()
    {
        using var bench = new LanesBench { Watch = new ScriptedWatch { Expected = ["P1"] } }.Start();
        bench.Interrupt();
        await Assert.ThrowsAsync<OperationCanceledException>(bench.EndsAsync);
    }

    [TestMethod]
    public void Disk_that_cannot_be_asked_for_ports_frees_no_board_to_be_taken_again()
    {
        using var bench = new LanesBench().Start();
        bench.Take("P1")[0].Pass();
        bench.Results(1);
        bench.Watch.Fails = new IOException("too many open files");
        bench.Look();
        bench.Watch.Fails = null;
        bench.Look();
        Assert.AreEqual("P1", bench.Boards.Ports);
    }
}
