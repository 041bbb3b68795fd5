using System.IO;
using System.Linq;
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
        Assert.IsNotNull(LineBench.Certificate(line.Journal.Last(entry => entry.Serial is not null).Serial!).RevokedAt);
        Assert.IsFalse(Directory.GetFiles(line.State).Any(file => file.EndsWith(".device.json", System.StringComparison.Ordinal)));
        Assert.DoesNotContain("burn_efuse", line.Board.Words.ToArray());

        var again = await Assert.ThrowsExactlyAsync<LineException>(() => line.RunAsync(line.Request with { Policy = policy }));
        Assert.AreEqual("MKX-LINE-100", again.Code);
        Assert.Contains("debug protocol", again.Cause);
        Assert.AreEqual("MKX-LINE-100", (await Assert.ThrowsExactlyAsync<LineException>(line.FindAsync)).Code);
    }
}
