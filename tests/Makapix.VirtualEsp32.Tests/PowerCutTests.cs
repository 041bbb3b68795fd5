using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Flash;
using Makapix.VirtualEsp32.Power;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

[TestClass]
public sealed class PowerCutTests
{
    private const int Operations = 2 + 8 + 2;
    private static readonly byte[] Old = Enumerable.Repeat((byte)0x3C, 2 * NorFlash.SectorSize).ToArray();
    private static readonly byte[] New = [.. Enumerable.Range(0, 2048).Select(i => (byte)(i * 7))];
    private static readonly uint[] Key = EfuseHost.RandomBlock(new Random(5));

    public static object[][] EveryOperation => [.. Enumerable.Range(1, Operations).Select(n => new object[] { n })];

    [TestMethod]
    [DynamicData(nameof(EveryOperation))]
    public async Task LeavesAStateThatIsOldNewOrHalfOfTheOneOperation(int operation)
    {
        using var directory = new ChipDirectory();
        using (var chip = VirtualChip.Open(directory.Path))
        {
            chip.Flash.Program(0, Old);
        }

        await using (var chip = TestChip.Start(directory, new ScheduledPowerCut(operation, seed: 11)))
        {
            using var client = chip.ConnectToFlash();
            Assert.ThrowsExactly<EndOfStreamException>(() => Script(client));
            var lost = await Assert.ThrowsExactlyAsync<PowerLostException>(() => chip.Server.Completion);
            Assert.AreEqual(operation switch { <= 2 => PowerOperation.SectorErase, <= 10 => PowerOperation.PageProgram, _ => PowerOperation.EfuseBurn }, lost.Operation);
            Assert.ThrowsExactly<PowerLostException>(() => chip.Chip.Flash.EraseSector(0));
        }

        using var after = VirtualChip.Open(directory.Path);
        CheckFlash(after, operation);
        CheckFuses(after, operation);
    }

    [TestMethod]
    public async Task AfterTheLastOperationNothingIsCut()
    {
        using var directory = new ChipDirectory();
        await using var chip = TestChip.Start(directory, new ScheduledPowerCut(Operations + 1));
        using var client = chip.ConnectToFlash();
        Script(client);
        Assert.IsFalse(chip.Server.Completion.IsCompleted);
    }

    [TestMethod]
    public async Task SeedDecidesWhichBitsOfABurnAreSet()
    {
        var burns = await Task.WhenAll(InterruptedBurnAsync(1), InterruptedBurnAsync(1), InterruptedBurnAsync(2));
        CollectionAssert.AreEqual(burns[0], burns[1]);
        CollectionAssert.AreNotEqual(burns[0], burns[2]);
        var wanted = LoaderClient.Words(Key);
        Assert.IsTrue(burns.All(burn => burn.Zip(wanted).All(pair => (pair.First & ~pair.Second) == 0)), "no bit that was not asked for");
        Assert.IsTrue(burns.All(burn => burn.Any(value => value != 0) && !burn.SequenceEqual(wanted)), "a part of them");
    }

    /// <summary>Two sectors erased, eight pages programmed, BLOCK1 and then BLOCK0 burned.</summary>
    private static void Script(LoaderClient client)
    {
        client.Expect(Op.FlashBegin, LoaderClient.Words((uint)Old.Length, 2, 1024, 0));
        for (var i = 0; i < 2; i++)
        {
            Assert.AreEqual(0, client.Block(Op.FlashData, (uint)i, New[(i * 1024)..((i + 1) * 1024)]).Error);
        }

        EfuseHost.Burn(client, 1, Key);
        EfuseHost.Burn(client, 0, EfuseHost.Block0(0, 0x7F << 20));
    }

    private static void CheckFlash(VirtualChip chip, int operation)
    {
        var flash = new byte[Old.Length];
        chip.Flash.Read(0, flash);
        byte[] erased = [.. Enumerable.Repeat((byte)0xFF, Old.Length)];

        // An erase gets through half a sector, a program through half a page: erased in halves of 2048, programmed in halves of 128.
        var erasedTo = operation <= 2 ? ((operation - 1) * NorFlash.SectorSize) + (NorFlash.SectorSize / 2) : Old.Length;
        var programmedTo = operation switch { <= 2 => 0, <= 10 => ((operation - 3) * NorFlash.PageSize) + (NorFlash.PageSize / 2), _ => New.Length };
        byte[] expected = [.. New[..programmedTo], .. erased[programmedTo..erasedTo], .. Old[erasedTo..]];
        CollectionAssert.AreEqual(expected, flash);
    }

    private static void CheckFuses(VirtualChip chip, int operation)
    {
        var block = new byte[32];
        chip.Efuses.ReadBlock(1, block);
        var wanted = LoaderClient.Words(Key);
        Assert.AreEqual(operation > 11, block.SequenceEqual(wanted), "the whole key");
        Assert.AreEqual(operation < 11, block.All(value => value == 0), "no key");
        Assert.IsTrue(block.Zip(wanted).All(pair => (pair.First & ~pair.Second) == 0));
        Assert.AreEqual(0u, chip.Efuses.Read("WR_DIS"));
        Assert.IsTrue(operation == Operations || chip.Efuses.Read("FLASH_CRYPT_CNT") == 0);
    }

    private static async Task<byte[]> InterruptedBurnAsync(int seed)
    {
        using var directory = new ChipDirectory();
        await using (var chip = TestChip.Start(directory, new ScheduledPowerCut(1, seed)))
        {
            using var client = chip.Connect();
            Assert.ThrowsExactly<EndOfStreamException>(() => EfuseHost.Burn(client, 1, Key));
        }

        using var after = VirtualChip.Open(directory.Path);
        var block = new byte[32];
        after.Efuses.ReadBlock(1, block);
        return block;
    }
}
