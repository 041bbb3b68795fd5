using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Line.Lanes;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line.Lanes;

/// <summary>What is wrong with the station, and not with a board: no more are taken, it is said, and those that were begun come to their end.</summary>
[TestClass]
public sealed class StationFailureTests
{
    private static LineException NeverSeen => new("151", "the device was not seen online.", "Look at the Wi-Fi network and its password.");

    public static object[][] Failures =>
    [
        ["MKX-LEDGER-015", new LedgerException("015", "the database server does not answer.", "Start it.")],
        ["MKX-CA-014", new AuthorityException("014", "the token is gone.", "Put it back.")],
        ["MKX-CHIP-001", new ChipException("001", "esptool is not on PATH.", "Run './makapix doctor'.")],
        ["MKX-LINE-132", new LineException("132", "the bundle answers the debug protocol.", "Give another bundle.")],
        ["MKX-LINE-151", NeverSeen],
        ["MKX-LINE-153", new LineException("153", "the device came online with other firmware.", "Mend the bundle.")],
        ["MKX-LINE-154", new LineException("154", "the device answers the debug protocol.", "Scrap the board.")],
        ["MKX-LINE-156", new LineException("156", "the broker brings the station nothing.", "Mend its access list.")],
        ["MKX-MQTT-002", new MqttException(MqttFailure.Unreachable, "no TCP connection.")],
        ["MKX-LINE-161", new IOException("No space left on device")],
        ["MKX-LINE-161", new UnauthorizedAccessException("Access to the path is denied.")],
    ];

    [TestMethod]
    [DynamicData(nameof(Failures))]
    public async Task Failure_that_would_be_every_board_s_ends_the_taking_of_boards(string code, Exception why)
    {
        using var bench = new LanesBench().Start();
        var boards = bench.Take("P1", "P2");
        boards[0].Fail(why);
        LanesBench.Until(() => bench.Told.Halts.Length == 1, "it is said");
        bench.Watch.Plug("P3");
        Assert.IsFalse(boards[1].Cancel.IsCancellationRequested, "the neighbour may be in its burn");
        boards[1].Pass();
        Assert.AreEqual(code, (await Assert.ThrowsAsync<MakapixException>(bench.EndsAsync)).Code);
        Assert.AreEqual("P1 P2", bench.Boards.Ports);
        CollectionAssert.AreEquivalent(new[] { BoardOutcome.Failed, BoardOutcome.Passed }, bench.Told.Results.Select(board => board.Result).ToArray());
        Assert.HasCount(1, bench.Told.Halts);
    }

    [TestMethod]
    public void Board_that_is_not_seen_where_others_were_stops_no_neighbour()
    {
        using var bench = new LanesBench().Start();
        var boards = bench.Take("P1", "P2");
        boards[0].Pass();
        bench.Results(1);
        boards[1].Fail(NeverSeen);
        bench.Results(2);
        bench.Take("P3");
        Assert.IsEmpty(bench.Told.Halts);
    }

    [TestMethod]
    public async Task Ledger_that_goes_while_all_lanes_wait_is_said_without_a_board()
    {
        using var bench = new LanesBench { Watch = new ScriptedWatch { Expected = ["P1"] } }.Start();
        bench.Look(20);
        bench.Boards.Lacks = new LedgerException("001", "there is no ledger.", "Restore it.");
        Assert.AreEqual("MKX-LEDGER-001", (await EndsWithinAsync(bench, looks: 25)).Code);
        Assert.HasCount(1, bench.Told.Halts);
    }

    [TestMethod]
    public async Task Ledger_that_is_gone_when_a_board_comes_costs_it_nothing()
    {
        using var bench = new LanesBench().Start();
        bench.Look(1);
        bench.Boards.Lacks = new LedgerException("001", "there is no ledger.", "Restore it.");
        bench.Watch.Plug("P1");
        Assert.AreEqual("MKX-LEDGER-001", (await EndsWithinAsync(bench, looks: 3)).Code);
        Assert.AreEqual("", bench.Boards.Ports);
    }

    [TestMethod]
    public void Ledger_that_another_writer_has_for_a_moment_is_waited_for()
    {
        using var bench = new LanesBench().Start();
        bench.Boards.Lacks = new LedgerException("010", "another process is writing.", "Wait for it.");
        bench.Watch.Plug("P1");
        bench.Look(25);
        Assert.AreEqual("", bench.Boards.Ports);
        Assert.IsEmpty(bench.Told.Halts);
        bench.Boards.Lacks = null;
        bench.Look(1);
        LanesBench.Until(() => bench.Boards.Ports == "P1", "the board is taken");
    }

    [TestMethod]
    public async Task Shift_that_cannot_be_written_down_takes_no_more_boards()
    {
        using var bench = new LanesBench().Start();
        var boards = bench.Take("P1", "P2");
        bench.Told.Refuses = new IOException("No space left on device");
        boards[0].Pass();
        LanesBench.Until(() => bench.Told.Halts.Length == 1, "it is said");
        boards[1].Pass();
        Assert.AreEqual("MKX-LINE-161", (await Assert.ThrowsAsync<MakapixException>(bench.EndsAsync)).Code);
        Assert.HasCount(2, bench.Told.Results);
    }

    [TestMethod]
    public void Ledger_whose_file_was_deleted_under_an_open_connection_is_gone()
    {
        using var scratch = new Scratch();
        using var ledger = DeviceLedger.Create(LedgerLocation.Sqlite(scratch.At("ledger.db")));
        ledger.RequireThere();
        File.Delete(scratch.At("ledger.db"));
        Assert.AreEqual("MKX-LEDGER-001", Assert.ThrowsExactly<LedgerException>(ledger.RequireThere).Code);
    }

    // It ends in the middle: then nobody looks any more.
    private static async Task<MakapixException> EndsWithinAsync(LanesBench bench, int looks)
    {
        for (var i = 0; i < looks && !bench.Run.IsCompleted; i++)
        {
            bench.Advance();
        }

        return await Assert.ThrowsAsync<MakapixException>(bench.EndsAsync);
    }
}
