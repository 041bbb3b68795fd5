using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>
/// Somebody, or the system that is out of memory, kills the tool in the middle of the line, or the board is pulled under it; what it has done to the board it has done.
/// </summary>
[TestClass]
public sealed class FailedToolTests
{
    [TestMethod]
    [DataRow("flash_id", false)]
    [DataRow("summary", false)]
    [DataRow("write_flash", false)]
    [DataRow("burn_key", true)]
    [DataRow("run", true)]
    public async Task Tool_that_is_killed_is_said_and_the_next_run_makes_the_device(string command, bool resumes)
    {
        using var line = new StubLine();
        line.Board.FailsAt = command;
        var error = await Assert.ThrowsExactlyAsync<ChipException>(line.RunAsync);
        Assert.AreEqual("MKX-CHIP-009", error.Code);
        Assert.Contains("137", error.Cause);
        await FinishAsync(line, resumes);
    }

    [TestMethod]
    [DataRow("flash_id", false)]
    [DataRow("summary", false)]
    [DataRow("write_flash", false)]
    [DataRow("burn_key", true)]
    [DataRow("run", true)]
    public async Task Board_that_is_pulled_is_said_and_becomes_the_device_when_it_is_back(string command, bool resumes)
    {
        using var line = new StubLine();
        line.Board.FailsAt = command;
        line.Board.Failure = new ToolResult(1, [], "Traceback (most recent call last):\nserial.serialutil.SerialException: read failed: [Errno 6] Device not configured\n"u8.ToArray());
        Assert.AreEqual("MKX-CHIP-005", (await Assert.ThrowsExactlyAsync<ChipException>(line.RunAsync)).Code);
        await FinishAsync(line, resumes);
    }

    private static async Task FinishAsync(StubLine line, bool resumes)
    {
        line.Board.FailsAt = null;
        var device = await line.RunAsync();
        Assert.AreEqual(resumes, device.Resumed);
        CollectionAssert.AreEqual(new[] { device.Serial }, LineBench.GoodSerials(Workshop.Authority.Ledger, line.Journal));
    }
}
