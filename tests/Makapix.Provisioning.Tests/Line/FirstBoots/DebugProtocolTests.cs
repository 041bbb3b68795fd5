using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips.WireProtocol;
using Makapix.Provisioning.Line;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line.FirstBoots;

/// <summary>A bundle that says that its nanoCLR has no debug protocol, and a board that has it.</summary>
[TestClass]
public sealed class DebugProtocolTests
{
    [TestMethod]
    [DataRow(ProvisioningPolicy.Release)]
    [DataRow(ProvisioningPolicy.Sealed)]
    public async Task Board_that_answers_is_scrap_and_its_certificate_void(ProvisioningPolicy policy)
    {
        using var line = new StubLine { Serial = new ScriptedLine(WirePacket.PingReply()) };
        var error = await Assert.ThrowsExactlyAsync<LineException>(() => line.RunAsync(line.Request with { Policy = policy }));
        Assert.AreEqual("MKX-LINE-154", error.Code);
        Assert.AreEqual(X509RevocationReason.KeyCompromise, LineBench.Certificate(line.Journal.Last(entry => entry.Serial is not null).Serial!).Reason, "whoever has the port reads the key");
        Assert.IsFalse(Directory.GetFiles(line.State).Any(file => file.EndsWith(".device.json", System.StringComparison.Ordinal)));
        Assert.DoesNotContain("burn_efuse", line.Board.Words.ToArray());

        var again = await Assert.ThrowsExactlyAsync<LineException>(() => line.RunAsync(line.Request with { Policy = policy }));
        Assert.AreEqual("MKX-LINE-100", again.Code);
        Assert.Contains("debug protocol", again.Cause);
        Assert.AreEqual("MKX-LINE-100", (await Assert.ThrowsExactlyAsync<LineException>(line.FindAsync)).Code);
    }

    [TestMethod]
    public async Task Line_that_died_when_the_certificate_was_void_and_the_board_not_yet_scrap_leaves_no_board_of_somebody_else()
    {
        using var line = new StubLine { Serial = new ScriptedLine(WirePacket.PingReply()), Keeps = entry => entry.Event is not JournalEvent.Scrapped and not JournalEvent.Failed };
        Assert.AreEqual("MKX-LINE-154", (await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync)).Code);
        Assert.AreEqual(JournalEvent.Voided, line.Journal[^1].Event);
        foreach (var begin in (System.Func<Task>[])[line.RunAsync, line.FindAsync])
        {
            var again = await Assert.ThrowsExactlyAsync<LineException>(begin);
            Assert.AreEqual("MKX-LINE-100", again.Code);
            Assert.Contains($"{line.Journal[^1].DeviceId}", again.Cause);
        }
    }
}
