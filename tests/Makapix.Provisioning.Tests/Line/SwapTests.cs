using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Chips;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>A board is pulled and another put in, between any two calls of the tools.</summary>
[TestClass]
public sealed class SwapTests
{
    [TestMethod]
    [DataRow("write_flash", true, DisplayName = "before the write")]
    [DataRow("summary", false, DisplayName = "after the burn")]
    [DataRow("run", false, DisplayName = "before the first boot")]
    public async Task Other_board_is_refused_and_nothing_is_burned_into_it(string before, bool startsOver)
    {
        using var line = new StubLine();
        line.Board.SwapBefore = before;
        var error = await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync);
        Assert.AreEqual("MKX-LINE-109", error.Code);
        Assert.AreEqual(Recorded.FreshSummary, line.Board.OtherSummary);
        Assert.AreEqual(!startsOver, line.Board.Words.Contains("burn_key"));
        var first = line.Journal.Last(entry => entry.Serial is not null).Serial!;
        Assert.AreEqual(startsOver, LineBench.Certificate(first).RevokedAt is not null);

        line.Board.Put(other: false);
        var device = await line.RunAsync();
        Assert.AreEqual(!startsOver, device.Serial == first, "what was burned is finished, what was not starts over");

        line.Board.Put(other: true);
        Assert.AreNotEqual(device.DeviceId, (await line.RunAsync()).DeviceId, "the other is as good as ever");
    }

    [TestMethod]
    public async Task Other_board_that_was_burned_instead_is_scrap_and_the_first_starts_over()
    {
        using var line = new StubLine();
        line.Board.SwapBefore = "burn_key";
        var error = await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync);
        Assert.AreEqual("MKX-LINE-126", error.Code);
        Assert.Contains($"{line.Board.OtherMac}", error.NextStep);
        var lost = line.Journal.Last(entry => entry.Serial is not null).Serial!;
        Assert.AreEqual(X509RevocationReason.CessationOfOperation, LineBench.Certificate(lost).Reason, "nobody can decrypt the flash that holds it");

        var scrap = await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync);
        Assert.AreEqual("MKX-LINE-100", scrap.Code, "the other board, still in its place");
        Assert.AreEqual("MKX-LINE-100", (await Assert.ThrowsExactlyAsync<LineException>(line.FindAsync)).Code, "and no board with which no run has begun");
        line.Board.Put(other: false);
        var device = await line.RunAsync();
        Assert.IsFalse(device.Resumed);
        Assert.AreNotEqual(lost, device.Serial);
    }

    [TestMethod]
    [DataRow(false, DisplayName = "by somebody else")]
    [DataRow(true, DisplayName = "by an earlier run")]
    public async Task Other_board_that_was_fused_before_is_not_called_scrap_by_this_run(bool ours)
    {
        using var line = new StubLine();
        if (ours)
        {
            line.Board.OtherSummary = Recorded.FreshSummary;
            line.Board.Put(other: true);
            await line.RunAsync();
        }

        line.Board.Put(other: false);
        line.Board.OtherSummary = ours ? line.Board.OtherSummary : Recorded.FreshSummary.Burn("FLASH_CRYPT_CNT", 1);
        line.Board.SwapBefore = "summary";
        line.Board.Calls.Clear();
        Assert.AreEqual("MKX-LINE-109", (await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync)).Code);
        Assert.AreEqual(ours ? "MKX-LINE-104" : "MKX-LINE-105", (await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync)).Code);
        line.Board.Put(other: false);
        Assert.IsTrue((await line.RunAsync()).Resumed);
    }
}
