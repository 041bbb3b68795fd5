using System;
using System.Linq;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Flash;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

/// <summary>A flash that is not what it should be.</summary>
[TestClass]
public sealed class FlashFaultTests
{
    [TestMethod]
    public void BadSectorHoldsNothingWhereItIsBadAndItsNeighboursAll()
    {
        using var directory = new ChipDirectory();
        using var chip = VirtualChip.Open(directory.Path, faults: new FlashFaults { BadSector = 1 });
        var written = Enumerable.Repeat((byte)0x5A, 3 * NorFlash.SectorSize).ToArray();
        for (var address = 0u; address < written.Length; address += NorFlash.SectorSize)
        {
            chip.Flash.EraseSector(address);
        }

        chip.Flash.Program(0, written);
        var read = new byte[written.Length];
        chip.Flash.Read(0, read);
        var wrong = Enumerable.Range(0, read.Length).Where(i => read[i] != written[i]).ToArray();
        CollectionAssert.AreEqual(Enumerable.Range(NorFlash.SectorSize, 16).ToArray(), wrong);
        Assert.IsTrue(wrong.All(i => read[i] == 0));
    }

    [TestMethod]
    public async Task ProcessTakesBothFaults()
    {
        using var directory = new ChipDirectory();
        using var process = await ChipProcess.StartAsync("--listen", "127.0.0.1:0", "--state", directory.Path, "--bad-sector", "5", "--flash-mb", "2", "--noise", "1000000");
        using (var client = new LoaderClient(process.EndPoint))
        {
            client.Expect(Op.SpiAttach, LoaderClient.Words(0, 0));
            client.Expect(Op.FlashBegin, LoaderClient.Words(1024, 1, 1024, 5 * NorFlash.SectorSize));
        }

        process.Kill();
        await process.ExitAsync();
        using var chip = VirtualChip.Open(directory.Path);
        var stuck = new byte[17];
        chip.Flash.Read(5 * NorFlash.SectorSize, stuck);
        CollectionAssert.AreEqual(new byte[] { 0, 0xFF }, stuck[15..]);
    }

    [TestMethod]
    public void RefusesFaultsThatNoFlashHas()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new FlashFaults { BadSector = NorFlash.Size / NorFlash.SectorSize });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new FlashFaults { BadSector = -1 });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new FlashFaults { ToldSize = 3_000_000 });
    }
}
