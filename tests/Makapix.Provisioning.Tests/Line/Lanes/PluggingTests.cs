using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Line.Lanes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line.Lanes;

/// <summary>What hands do with boards: a board is taken when it sits, and once for each time that it was plugged in.</summary>
[TestClass]
public sealed class PluggingTests
{
    private static readonly ChipException Pulled = new("012", "no chip answers.", "Hold BOOT.");

    [TestMethod]
    public void Plug_that_bounces_is_taken_when_it_sits()
    {
        using var bench = new LanesBench().Start();
        for (var i = 0; i < 5; i++)
        {
            bench.Watch.Plug("P1");
            bench.Look(1);
            bench.Watch.Unplug("P1");
            bench.Look(1);
        }

        Assert.AreEqual("", bench.Boards.Ports);
        bench.Take("P1");
    }

    [TestMethod]
    public void Port_that_is_made_anew_at_every_look_is_not_taken()
    {
        using var bench = new LanesBench().Start();
        for (var i = 0; i < 5; i++)
        {
            bench.Watch.Plug("P1", $"{i}");
            bench.Look(1);
        }

        Assert.AreEqual("", bench.Boards.Ports);
    }

    [TestMethod]
    [DataRow(true, DisplayName = "after it passed")]
    [DataRow(false, DisplayName = "after it failed")]
    public void Board_that_stays_is_not_taken_again_until_it_was_unplugged(bool passes)
    {
        using var bench = new LanesBench().Start();
        End(bench.Take("P1")[0], passes);
        bench.Results(1);
        bench.Look(5);
        Assert.AreEqual("P1", bench.Boards.Ports);
        Assert.IsTrue(bench.Told.At("P1")!.BoardIsThere);

        bench.Watch.Unplug("P1");
        bench.Look();
        var shown = bench.Told.At("P1")!;
        Assert.AreEqual((passes ? LanePhase.Passed : LanePhase.Failed, false), (shown.Phase, shown.BoardIsThere), "the result stays until the next board");
        bench.Take("P1");
        Assert.AreEqual("P1 P1", bench.Boards.Ports);
    }

    [TestMethod]
    public void Board_that_was_changed_between_two_looks_is_another_plugging_in()
    {
        using var bench = new LanesBench().Start();
        bench.Watch.Plug("P1", "monday");
        bench.Look();
        LanesBench.Until(() => bench.Boards.Ports == "P1", "it is taken");
        bench.LastAt("P1").Pass();
        bench.Results(1);
        bench.Watch.Plug("P1", "tuesday");
        bench.Look();
        LanesBench.Until(() => bench.Boards.Ports == "P1 P1", "the other is taken");
    }

    [TestMethod]
    public void Board_that_is_pulled_in_the_middle_fails_and_is_taken_anew_when_it_is_back()
    {
        using var bench = new LanesBench().Start();
        var board = bench.Take("P1")[0];
        bench.Watch.Unplug("P1");
        bench.Look();
        bench.Watch.Plug("P1");
        bench.Look();
        Assert.AreEqual("P1", bench.Boards.Ports, "the lane still works at the first");
        board.Fail(Pulled);
        bench.Results(1);
        bench.Look();
        LanesBench.Until(() => bench.Boards.Ports == "P1 P1", "it is taken anew");
    }

    [TestMethod]
    public void Board_that_is_pulled_and_gone_stays_red()
    {
        using var bench = new LanesBench().Start();
        var board = bench.Take("P1")[0];
        bench.Watch.Unplug("P1");
        board.Fail(Pulled);
        bench.Results(1);
        bench.Look();
        var shown = bench.Told.At("P1")!;
        Assert.AreEqual((LanePhase.Failed, false, "MKX-CHIP-012"), (shown.Phase, shown.BoardIsThere, shown.Last!.Code));
    }

    private static void End(ScriptedBoard board, bool passes)
    {
        if (passes)
        {
            board.Pass();
        }
        else
        {
            board.Fail(Pulled);
        }
    }
}
