using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

[TestClass]
public sealed class LoaderProtocolTests
{
    private const uint Spi = 0x3FF42000;

    [TestMethod]
    public async Task SyncIsAnsweredEightTimesByARomAndNotByAStub()
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        client.Sync();
        client.Expect(Op.ReadReg, LoaderClient.Words(0)); // nothing of the sync is left on the line
    }

    [TestMethod]
    [DataRow(0x40001000u, 0x00F01D83u, DisplayName = "ROM magic of the classic ESP32")]
    [DataRow(0x3FF40014u, 347u, DisplayName = "UART_CLKDIV: 40 MHz / 115200")]
    [DataRow(0x3FF6607Cu, 0x80000000u, DisplayName = "APB_CTL_DATE: revision 3")]
    [DataRow(0x3FF5F06Cu, 2048u << 7, DisplayName = "RTCCALICFG1: with CLK8M_FREQ 50, 40 MHz")]
    [DataRow(0x3FF5A00Cu, 0xA200u, DisplayName = "BLOCK0 word 3: D0WD, rated, revision 1 bit")]
    [DataRow(0x3FF5A010u, 50u, DisplayName = "BLOCK0 word 4: CLK8M_FREQ")]
    [DataRow(0x3FF5A014u, 0x01100000u, DisplayName = "BLOCK0 word 5: revision 2 bit, minor 1")]
    [DataRow(0x3FF5A11Cu, 0u, DisplayName = "DEC_STATUS: no coding error")]
    [DataRow(0x3FFB0000u, 0u, DisplayName = "RAM is not modelled")]
    [DataRow(0xFFFFFFFCu, 0u, DisplayName = "last word of the address space")]
    public async Task RegisterReads(uint address, uint expected)
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        Assert.AreEqual(expected, client.ReadRegister(address));
    }

    [TestMethod]
    [DataRow(Op.GetSecurityInfo, 0, 5, DisplayName = "GET_SECURITY_INFO: not in this ROM")]
    [DataRow(Op.MemBegin, 16, 5, DisplayName = "MEM_BEGIN: no stub can run")]
    [DataRow(Op.EraseFlash, 0, 5, DisplayName = "ERASE_FLASH: the stub's")]
    [DataRow((byte)0x00, 0, 5, DisplayName = "command 0")]
    [DataRow((byte)0xFF, 0, 5, DisplayName = "command 255")]
    [DataRow(Op.Sync, 36, 5, DisplayName = "SYNC with the wrong pattern")]
    [DataRow(Op.ReadReg, 0, 5, DisplayName = "READ_REG without an address")]
    [DataRow(Op.ReadReg, 8, 5, DisplayName = "READ_REG with two")]
    [DataRow(Op.WriteReg, 0, 5, DisplayName = "WRITE_REG of nothing")]
    [DataRow(Op.WriteReg, 15, 5, DisplayName = "WRITE_REG cut short")]
    [DataRow(Op.SpiAttach, 3, 5, DisplayName = "SPI_ATTACH cut short")]
    [DataRow(Op.SpiSetParams, 20, 5, DisplayName = "SPI_SET_PARAMS cut short")]
    [DataRow(Op.FlashBegin, 12, 5, DisplayName = "FLASH_BEGIN cut short")]
    [DataRow(Op.FlashBegin, 20, 5, DisplayName = "FLASH_BEGIN as later chips take it")]
    [DataRow(Op.FlashBegin, 16, 6, DisplayName = "FLASH_BEGIN with blocks of 0 bytes")]
    [DataRow(Op.FlashData, 15, 5, DisplayName = "FLASH_DATA cut short")]
    [DataRow(Op.FlashData, 17, 5, DisplayName = "FLASH_DATA longer than it says")]
    [DataRow(Op.FlashEnd, 4, 6, DisplayName = "FLASH_END without a begin")]
    [DataRow(Op.FlashEnd, 0, 5, DisplayName = "FLASH_END cut short")]
    [DataRow(Op.SpiFlashMd5, 8, 5, DisplayName = "SPI_FLASH_MD5 cut short")]
    [DataRow(Op.ReadFlashSlow, 4, 5, DisplayName = "READ_FLASH_SLOW cut short")]
    [DataRow(Op.ChangeBaudrate, 4, 5, DisplayName = "CHANGE_BAUDRATE cut short")]
    [DataRow(Op.ChangeBaudrate, 8, 6, DisplayName = "CHANGE_BAUDRATE to 0")]
    public async Task MalformedCommandIsRefusedAndTheNextOneWorks(byte op, int zeros, int error)
    {
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        Assert.AreEqual(error, client.Command(op, new byte[zeros]).Error);
        Assert.AreEqual(0x00F01D83u, client.ReadRegister(0x40001000));
    }

    [TestMethod]
    public async Task UnalignedRegisterIsRefused()
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        Assert.AreEqual(6, client.Command(Op.ReadReg, LoaderClient.Words(0x40001001)).Error);
        Assert.AreEqual(6, client.Command(Op.WriteReg, LoaderClient.Words(Spi + 0x82, 1, 0xFFFFFFFF, 0)).Error);
    }

    [TestMethod]
    public async Task OneWriteRegTakesSeveralRegistersAndHonoursTheirMasks()
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        client.WriteRegister(Spi + 0x80, 0x11223344);
        client.Expect(Op.WriteReg, [.. LoaderClient.Words(Spi + 0x80, 0xAAAAAAAA, 0x0000FF00, 0), .. LoaderClient.Words(Spi + 0x84, 7, 0xFFFFFFFF, 5)]);
        Assert.AreEqual(0x1122AA44u, client.ReadRegister(Spi + 0x80));
        Assert.AreEqual(7u, client.ReadRegister(Spi + 0x84));
    }

    [TestMethod]
    [DataRow((byte)0x9F, 24, 0u, 0x1640EFu, DisplayName = "RDID: W25Q32, 4 MB")]
    [DataRow((byte)0x9F, 8, 0u, 0xEFu, DisplayName = "RDID: manufacturer alone")]
    [DataRow((byte)0x5A, 32, 0u, 0x50444653u, DisplayName = "SFDP: signature")]
    [DataRow((byte)0x5A, 32, 0x14u, 0x01FFFFFFu, DisplayName = "SFDP: density 32 Mbit - 1")]
    [DataRow((byte)0x5A, 32, 0xFFFFFFu, 0xFFFFFFFFu, DisplayName = "SFDP: beyond its end")]
    [DataRow((byte)0x05, 8, 0u, 0u, DisplayName = "RDSR: idle, unprotected")]
    [DataRow((byte)0x35, 8, 0u, 0u, DisplayName = "RDSR2")]
    [DataRow((byte)0x4B, 32, 0u, 0xFFFFFFFFu, DisplayName = "a command the flash does not know")]
    public async Task SpiFlashAnswers(byte command, int bits, uint address, uint expected)
    {
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        Assert.AreEqual(expected, RunSpi(client, command, bits, address));
    }

    [TestMethod]
    public async Task WriteEnableLatchIsSeenInTheStatus()
    {
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        RunSpi(client, 0x06, 0, 0);
        Assert.AreEqual(2u, RunSpi(client, 0x05, 8, 0));
        RunSpi(client, 0x04, 0, 0);
        Assert.AreEqual(0u, RunSpi(client, 0x05, 8, 0));
    }

    [TestMethod]
    public async Task UnattachedFlashAnswersNothing()
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        Assert.AreEqual(0xFFFFFFu, RunSpi(client, 0x9F, 24, 0));
        Assert.AreEqual(6, client.Command(Op.FlashBegin, LoaderClient.Words(4096, 4, 1024, 0)).Error);
        Assert.AreEqual(9, client.Command(Op.ReadFlashSlow, LoaderClient.Words(0, 64)).Error);
        Assert.AreEqual(9, client.Command(Op.SpiFlashMd5, LoaderClient.Words(0, 64, 0, 0)).Error);
    }

    [TestMethod]
    public async Task EachConnectionIsAReset()
    {
        await using var chip = TestChip.Start();
        using (var first = chip.ConnectToFlash())
        {
            first.WriteRegister(Spi + 0x80, 0x12345678);
            first.Expect(Op.FlashBegin, LoaderClient.Words(4096, 4, 1024, 0));
        }

        using var second = chip.Connect();
        Assert.AreEqual(0u, second.ReadRegister(Spi + 0x80));
        Assert.AreEqual(6, second.Block(Op.FlashData, 0, new byte[1024]).Error);
    }

    [TestMethod]
    [DataRow(0u, 0u, 0, DisplayName = "nothing")]
    [DataRow(0u, 4u * 1024 * 1024, 0, DisplayName = "the whole flash")]
    [DataRow(5u, 4099u, 0, DisplayName = "any bytes")]
    [DataRow(1u, 4u * 1024 * 1024, 9, DisplayName = "one byte too many")]
    [DataRow(0xFFFFFFFFu, 0xFFFFFFFFu, 9, DisplayName = "a range that wraps")]
    public async Task Md5IsThatOfTheFlashInHex(uint address, uint size, int error)
    {
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        var answer = client.Command(Op.SpiFlashMd5, LoaderClient.Words(address, size, 0, 0));
        Assert.AreEqual(error, answer.Error);
        if (error == 0)
        {
#pragma warning disable CA5351 // the chip's protocol has no other
            var expected = Convert.ToHexStringLower(MD5.HashData(Enumerable.Repeat((byte)0xFF, (int)size).ToArray()));
#pragma warning restore CA5351
            Assert.AreEqual(expected, Encoding.ASCII.GetString(answer.Data));
        }
    }

    [TestMethod]
    [DataRow(0u, 64u, 0)]
    [DataRow(0u, 1u, 0, DisplayName = "a short read is answered with 64 bytes too")]
    [DataRow(0x3FFFC0u, 64u, 0, DisplayName = "the last bytes")]
    [DataRow(0x3FFFC1u, 64u, 9, DisplayName = "one byte too far")]
    [DataRow(0u, 65u, 10, DisplayName = "more than 64")]
    [DataRow(0xFFFFFFF0u, 64u, 9, DisplayName = "a range that wraps")]
    public async Task SlowReads(uint address, uint length, int error)
    {
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        var answer = client.Command(Op.ReadFlashSlow, LoaderClient.Words(address, length));
        Assert.AreEqual(error, answer.Error);
        Assert.HasCount(error == 0 ? 64 : 0, answer.Data);
        Assert.IsTrue(answer.Data.Take((int)length).All(value => value == 0xFF));
    }

    private static uint RunSpi(LoaderClient client, byte command, int readBits, uint address)
    {
        client.WriteRegister(Spi + 0x1C, 0x80000000 | (readBits > 0 ? 1u << 28 : 0));
        client.WriteRegister(Spi + 0x20, 23u << 26);
        client.WriteRegister(Spi + 0x24, (7u << 28) | command);
        client.WriteRegister(Spi + 0x04, address << 8);
        client.WriteRegister(Spi + 0x2C, readBits > 0 ? (uint)readBits - 1 : 0);
        client.WriteRegister(Spi + 0x80, 0);
        client.WriteRegister(Spi + 0x00, 1u << 18);
        Assert.AreEqual(0u, client.ReadRegister(Spi) & (1u << 18), "USR clears itself");
        return client.ReadRegister(Spi + 0x80);
    }
}
