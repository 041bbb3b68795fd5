using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Chips;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>The last burn of a sealed device, after which its chip answers nobody: whom it hits, and what is known when the line dies in it.</summary>
[TestClass]
public sealed class LockTests
{
    [TestMethod]
    public async Task Fresh_board_put_in_the_place_of_one_that_came_online_is_not_sealed()
    {
        using var line = new StubLine();
        line.Progress.OnStarted = step =>
        {
            if (step == StepNames.Lock)
            {
                line.Board.Summary = Recorded.FreshSummary.Replace("24:0a:c4:12:34:56", "24:0a:c4:ff:ff:ff", System.StringComparison.Ordinal);
            }
        };
        var error = await Assert.ThrowsExactlyAsync<LineException>(() => line.RunAsync(Sealed(line)));
        Assert.AreEqual("MKX-LINE-109", error.Code);
        Assert.DoesNotContain("burn_efuse", line.Board.Words.ToArray());
    }

    [TestMethod]
    public async Task Device_whose_lock_nobody_read_back_is_in_the_ledger_without_a_label_and_gone_on_with_if_it_answers()
    {
        using var line = new StubLine();
        var error = await Assert.ThrowsExactlyAsync<ChipException>(() => line.RunAsync(Sealed(line)));
        Assert.AreEqual("MKX-CHIP-015", error.Code, "what the stub says to the lock confirms nothing");
        using (var view = Workshop.Authority.Ledger.Read())
        {
            var device = view.DeviceOfBoard(line.Board.Mac)!;
            Assert.AreEqual(line.Journal[^1].DeviceId, device.Id, "it may be sealed by now, and online for years");
            Assert.Contains(line.Board.Mac, view.UnfinishedAt(StepNames.Lock), "a silent chip may be it");
        }

        Assert.IsEmpty(Directory.GetFiles(line.State, "*.label.*"));
        var unfinished = await line.FindAsync();
        Assert.IsFalse(unfinished.StartsOver);
        Assert.AreEqual(ProvisioningPolicy.Sealed, unfinished.Request!.Policy);
    }

    private static ProvisioningRequest Sealed(StubLine line) => line.Request with { Policy = ProvisioningPolicy.Sealed };
}
