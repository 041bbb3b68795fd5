using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Line;
using Makapix.VirtualEsp32;
using Makapix.VirtualEsp32.Flash;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>Boards and lines with a defect, as the real tools meet them: each is said, nothing is burned, and what can be mended becomes a device.</summary>
[TestClass]
public sealed class FaultyBoardTests
{
    private const int SectorOfNanoClr = 0x10;

    // esptool sends a block again that was not answered, so a plug that is not too bad costs time alone.
    [TestMethod]
    [DataRow(60_000)]
    [DataRow(3_000)]
    public async Task Line_with_a_bad_plug_costs_time_and_no_board(int oneIn)
    {
        await using var bench = new LineBench();
        await RestartAsync(bench, noise: new LineNoise(oneIn, seed: 1));
        var device = await TryAsync(bench);
        if (device is null)
        {
            await RestartAsync(bench);
            device = await bench.ProvisionAsync();
        }

        Assert.AreEqual(127u, bench.Chip.Efuses.Read("FLASH_CRYPT_CNT"));
        CollectionAssert.AreEqual(new[] { device.Serial }, LineBench.GoodSerials(Workshop.Authority.Ledger, bench.Journal));
    }

    [TestMethod]
    public async Task Bad_sector_is_found_by_the_MD5_of_the_chip_and_nothing_is_burned()
    {
        await using var bench = new LineBench();
        await RestartAsync(bench, new FlashFaults { BadSector = SectorOfNanoClr });
        var error = await Assert.ThrowsExactlyAsync<ChipException>(() => bench.ProvisionAsync());
        Assert.AreEqual("MKX-CHIP-008", error.Code);
        Assert.Contains("the flash of this board is bad", error.NextStep);
        Assert.AreEqual(0u, bench.Chip.Efuses.Read("WR_DIS"));
        Assert.IsNotNull(LineBench.Certificate(bench.Journal.Last(entry => entry.Serial is not null).Serial!).RevokedAt);
    }

    [TestMethod]
    public async Task Board_with_a_smaller_flash_than_the_bundle_needs_is_refused_before_a_certificate_is_issued()
    {
        await using var bench = new LineBench();
        await RestartAsync(bench, new FlashFaults { ToldSize = NorFlash.Size / 2 });
        var error = await Assert.ThrowsExactlyAsync<LineException>(() => bench.ProvisionAsync());
        Assert.AreEqual("MKX-LINE-108", error.Code);
        Assert.Contains("2048 KB", error.Cause);
        Assert.IsEmpty(bench.Journal);
    }

    private static async Task<ProvisionedDevice?> TryAsync(LineBench bench)
    {
        try
        {
            return await bench.ProvisionAsync();
        }
        catch (MakapixException e) when (e is ChipException || (e is LineException && e.InnerException is ChipException))
        {
            // While another test locks its board, the line says that it may be that one, and why it cannot tell.
            return null;
        }
    }

    private static async Task RestartAsync(LineBench bench, FlashFaults? faults = null, LineNoise? noise = null)
    {
        await bench.PowerDownAsync();
        bench.PowerUp(faults: faults, noise: noise);
    }
}
