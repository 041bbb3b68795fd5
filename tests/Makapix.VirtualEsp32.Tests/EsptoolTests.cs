using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

/// <summary>The real esptool, as it works silicon.</summary>
[TestClass]
public sealed class EsptoolTests
{
    [TestMethod]
    public async Task FindsOutWhatTheChipIs()
    {
        await using var chip = TestChip.Start();
        (await Tool.EsptoolForAsync("auto", chip.Server, "chip_id")).Succeeded()
            .Said("ESP32-D0WD-V3 (revision v3.1)").Said("40MHz").Said("Dual Core").Said("240MHz, Coding Scheme None").Said($"{chip.Chip.Mac}");
        (await Tool.EsptoolAsync(chip.Server, "flash_id")).Succeeded().Said("Manufacturer: ef").Said("Device: 4016").Said("Detected flash size: 4MB");
        (await Tool.EsptoolAsync(chip.Server, "-b", "921600", "read_mac")).Succeeded().Said("Changing baud rate to 921600").Said($"{chip.Chip.Mac}");
    }

    [TestMethod]
    [DataRow("--compress")]
    [DataRow("--no-compress")]
    public async Task WritesVerifiesAndReadsBack(string how)
    {
        await using var chip = TestChip.Start();
        var (image, path) = MakeImage(chip, length: 300_001);
        (await Tool.EsptoolAsync(chip.Server, "write_flash", how, "0x10000", path)).Succeeded().Said("Hash of data verified.");
        CollectionAssert.AreEqual(image, chip.ReadFlash(0x10000, image.Length));

        (await Tool.EsptoolAsync(chip.Server, "verify_flash", "0x10000", path)).Succeeded();
        (await Tool.EsptoolAsync(chip.Server, "verify_flash", "0x11000", path)).Refused();

        var back = chip.Directory.File("back.bin");
        (await Tool.EsptoolAsync(chip.Server, "read_flash", "0x10000", "5001", back)).Succeeded();
        CollectionAssert.AreEqual(image[..5001], File.ReadAllBytes(back));
    }

    [TestMethod]
    public async Task RefusesPlaintextOnceEncryptionIsOnUnlessForcedAndThenWritesItRaw()
    {
        await using var chip = TestChip.Start();
        using (var client = chip.Connect())
        {
            EfuseHost.Burn(client, 1, EfuseHost.RandomBlock(new Random(1)));
            EfuseHost.Burn(client, 0, [0x7F << 20, 0, 0, 0, 0, 0xF0000000, 0x380]);
        }

        var (image, path) = MakeImage(chip, length: 4096);
        (await Tool.EsptoolAsync(chip.Server, "write_flash", "0x1000", path)).Refused().Said("may brick your device!");
        Assert.IsTrue(chip.ReadFlash(0x1000, 4096).All(value => value == 0xFF));
        (await Tool.EsptoolAsync(chip.Server, "write_flash", "--force", "0x1000", path)).Succeeded().Said("Hash of data verified.");
        CollectionAssert.AreEqual(image, chip.ReadFlash(0x1000, image.Length));
    }

    [TestMethod]
    public async Task IsToldWhatAVirtualChipCannotDo()
    {
        await using var chip = TestChip.Start();
        (await Tool.EsptoolAsync(chip.Server, "erase_flash")).Refused();
        var program = chip.Directory.File("ram.bin");
        File.WriteAllBytes(program, [0xE9, 1, 0, 0, .. LoaderClient.Words(0x40080000), .. new byte[16], .. LoaderClient.Words(0x40080000, 16), .. new byte[16], .. new byte[15], 0xEF]);
        (await Tool.EsptoolAsync(chip.Server, "load_ram", program)).Refused().Said("Failed to enter RAM download mode");
    }

    [TestMethod]
    public async Task GetsNoAnswerFromAChipWithUartDownloadDis()
    {
        await using var chip = TestChip.Start();
        using (var client = chip.Connect())
        {
            EfuseHost.Burn(client, 0, EfuseHost.Block0(0, 1u << 27));
        }

        (await Tool.EsptoolAsync(chip.Server, "--connect-attempts", "1", "read_mac")).Refused().Said("Failed to connect to ESP32: No serial data received.");
    }

    private static (byte[] Image, string Path) MakeImage(TestChip chip, int length)
    {
        // Half noise, half repetition: compression has something to do. esptool pads to 4 bytes.
        var image = new byte[length];
        new Random(length).NextBytes(image.AsSpan(0, length / 2));
        var path = chip.Directory.File("image.bin");
        File.WriteAllBytes(path, image);
        return (image, path);
    }
}
