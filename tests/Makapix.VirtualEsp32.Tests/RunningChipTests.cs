using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips.WireProtocol;
using Makapix.VirtualEsp32.Firmware;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

/// <summary>A chip that was told to run: its firmware has the line, until a host resets it.</summary>
[TestClass]
public sealed class RunningChipTests
{
    [TestMethod]
    public async Task ToldToRunItBootsAndItsFirmwareHasTheLineUntilTheNextReset()
    {
        using var bundle = new DemoBundleImages();
        var firmware = new TestFirmware();
        await using var chip = TestChip.Start(firmware);
        bundle.Write(chip.Chip, key: null);
        using (var esptool = chip.Connect())
        {
            Run(esptool);
            esptool.SendRaw([1]);
            Assert.AreEqual(2, esptool.ReadByte());
        }

        CollectionAssert.AreEqual(bundle.IdentityBlob, firmware.Identities.Single());
        Assert.StartsWith("booted", firmware.Log.Single());
        using (var terminal = chip.Connect())
        {
            terminal.SendRaw([0xC0, 7, 0xC0]);
            CollectionAssert.AreEqual(new byte[] { 0xC1, 8, 0xC1 }, new[] { terminal.ReadByte(), terminal.ReadByte(), terminal.ReadByte() });
            Assert.IsTrue(firmware.Runs, "a connection alone resets no chip that runs");
        }

        using var again = chip.Connect();
        again.SendRaw(LoaderClient.SyncFrame);
        again.SkipSync();
        Assert.AreEqual(0x00F01D83u, again.ReadRegister(0x40001000), "the loader is back");
        Assert.IsFalse(firmware.Runs);
        Run(again);
        again.SendRaw([1]);
        Assert.AreEqual(2, again.ReadByte());
        Assert.HasCount(2, firmware.Identities);
    }

    [TestMethod]
    public async Task ChipThatDoesNotBootRunsNothingSaysWhyAndIsInItsLoaderForTheNextHost()
    {
        var firmware = new TestFirmware();
        await using var chip = TestChip.Start(firmware);
        using (var esptool = chip.Connect())
        {
            Run(esptool);
            Assert.IsEmpty(esptool.SendRawAndDrain([1, 2, 3]));
        }

        Assert.StartsWith("MKX-VCHIP-101: ", firmware.Log.Single());
        using var next = chip.Connect();
        next.Sync();
        Assert.IsEmpty(firmware.Identities);
    }

    [TestMethod]
    public async Task DisposingTheServerEndsTheFirmware()
    {
        using var bundle = new DemoBundleImages();
        var firmware = new TestFirmware();
        await using var chip = TestChip.Start(firmware);
        bundle.Write(chip.Chip, key: null);
        using (var esptool = chip.Connect())
        {
            Run(esptool);
        }

        await chip.Server.DisposeAsync();
        Assert.IsFalse(firmware.Runs);
    }

    [TestMethod]
    public async Task StockNanoClrAnswersAPingAndNothingElse()
    {
        await using var running = new WireProtocolFirmware(new Quiet()).Start(default);
        Assert.IsTrue(running.Receive("noise"u8).IsEmpty);
        CollectionAssert.AreEqual(WirePacket.PingReply(), running.Receive(WirePacket.Ping()).ToArray());
        Assert.IsTrue(new WireScanner().Feed(WirePacket.PingReply()));
    }

    // As esptool's run does it.
    private static void Run(LoaderClient client)
    {
        client.Expect(Op.FlashBegin, LoaderClient.Words(0, 0, 0x400, 0));
        client.Expect(Op.FlashEnd, LoaderClient.Words(1));
    }

    private sealed class Quiet : IVirtualFirmware, IRunningFirmware
    {
        public IRunningFirmware Start(System.ReadOnlyMemory<byte> identityBlob) => this;

        public System.ReadOnlyMemory<byte> Receive(System.ReadOnlySpan<byte> bytes) => default;

        public ValueTask DisposeAsync() => default;
    }
}
