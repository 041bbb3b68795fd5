using System.IO;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.WireProtocol;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Line.FirstBoots;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>What is burned in the end, as the chip itself has it.</summary>
[TestClass]
public sealed class PolicyTests
{
    private static readonly string[] Locks = ["DISABLE_DL_ENCRYPT", "DISABLE_DL_DECRYPT", "DISABLE_DL_CACHE", "JTAG_DISABLE", "CONSOLE_DEBUG_DISABLE"];

    [TestMethod]
    public async Task Lab_encrypts_and_locks_nothing_and_is_marked_for_ever_also_with_the_debug_protocol()
    {
        await using var bench = new LineBench { Serial = new ScriptedLine(WirePacket.PingReply()) };
        var device = await bench.ProvisionAsync(ProvisioningPolicy.Lab);
        Check(bench, count: 1, locks: 0, sealing: 0);
        var record = File.ReadAllText(Path.Combine(bench.State, $"{device.DeviceId}.device.json"));
        StringAssert.Contains(record, "\"policy\":\"lab\"");
        StringAssert.Contains(record, "\"wireProtocol\":true");
    }

    [TestMethod]
    public async Task Sealed_turns_the_loader_off_last_and_the_chip_is_silent_then()
    {
        await using var bench = new LineBench();
        await bench.ProvisionAsync(ProvisioningPolicy.Sealed);
        Check(bench, count: 127, locks: 1, sealing: 1);
        CollectionAssert.AreEqual(new[] { StepNames.Record, StepNames.Lock, StepNames.Label }, bench.Progress.Steps[^3..]);
        using (var view = Workshop.Authority.Ledger.Read())
        {
            Assert.DoesNotContain(bench.Mac, view.UnfinishedAt(StepNames.Lock));
        }

        // By a ledger without the boards of other tests, one of which it might be.
        using var own = DeviceLedger.Create(LedgerLocation.Sqlite(System.IO.Path.Combine(bench.Scratch, "own.db")));
        var silent = await Assert.ThrowsExactlyAsync<ChipException>(() => bench.ProvisionAsync(bench.Request(ProvisioningPolicy.Sealed), ledger: own));
        Assert.AreEqual("MKX-CHIP-012", silent.Code);
    }

    private static void Check(LineBench bench, uint count, uint locks, uint sealing)
    {
        var efuses = bench.Chip.Efuses;
        Assert.AreEqual(count, efuses.Read("FLASH_CRYPT_CNT"));
        Assert.AreEqual(0xFu, efuses.Read("FLASH_CRYPT_CONFIG"));
        foreach (var name in Locks)
        {
            Assert.AreEqual(locks, efuses.Read(name), name);
        }

        Assert.AreEqual(sealing, efuses.Read("UART_DOWNLOAD_DIS"));
        Assert.AreEqual(0x80u | (locks << 3), efuses.Read("WR_DIS"));
        Assert.AreEqual(1u, efuses.Read("RD_DIS"));
    }
}
