using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>The disk of the ledger is full from one of the writes of a provisioning on. (That a full disk is that failure, <c>FaultTests</c> of the ledger prove.)</summary>
[TestClass]
public sealed class FullDiskTests
{
    private const string Full = "MKX-LEDGER-009";

    /// <summary>Not every write, since each costs two runs; but some at the beginning of a step and some at its end.</summary>
    private const int Stride = 3;

    /// <summary>A run writes at the beginning and the end of each step.</summary>
    private const int StepsOfRun = 12;

    [TestMethod]
    public async Task Disk_that_is_full_from_some_write_on_costs_no_board_and_no_second_identity()
    {
        var writes = 0;
        var room = int.MaxValue;
        var folder = Workshop.NewPath();
        using var authority = TestAuthority.Init(folder, TestAuthority.Options with
        {
            BeforeWrite = at =>
            {
                if (at == "commit" && ++writes > room)
                {
                    throw LedgerFailure.Full(folder);
                }
            },
        });

        using (var whole = new StubLine { Authority = authority })
        {
            writes = 0;
            await whole.RunAsync();
        }

        var all = writes;
        Assert.IsGreaterThan(StepsOfRun, all);
        for (var last = 0; last < all; last += Stride)
        {
            using var line = new StubLine { Authority = authority };
            (writes, room) = (0, last);
            var error = await Assert.ThrowsAsync<MakapixException>(line.RunAsync);
            Assert.AreEqual(Full, error.Code, $"with room for {last} writes");
            Assert.IsEmpty(Directory.Exists(line.State) ? Directory.GetDirectories(line.State) : [], "no ciphertext is left");
            room = int.MaxValue;
            await FinishAsync(line);
            using var view = authority.Ledger.Read();
            CollectionAssert.AreEqual(new[] { view.DeviceOfBoard(line.Board.Mac)!.Certificate.Serial }, LineBench.GoodSerials(authority.Ledger, line.Journal), $"with room for {last} writes");
        }
    }

    /// <summary>Space was made, and the command is run again.</summary>
    private static async Task FinishAsync(StubLine line)
    {
        if (line.Journal.Any(entry => entry is { Step: StepNames.Record, Event: JournalEvent.Done }))
        {
            Assert.AreEqual("MKX-LINE-104", (await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync)).Code, "it is a device; its label is drawn by 'device label'");
            return;
        }

        var burned = line.Board.Words.Contains("burn_key");
        Assert.AreEqual(burned, (await line.RunAsync()).Resumed, "what was burned is finished, what was not starts over");
    }
}
