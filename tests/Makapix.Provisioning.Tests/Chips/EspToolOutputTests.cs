using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Chips;

[TestClass]
public sealed class EspToolOutputTests
{
    private static readonly ImmutableArray<FlashFile> Files = [new(0x1000, "a.bin", 8192), new(0x9000, "b.bin", 4096)];

    public static IEnumerable<object[]> DamagedInspections =>
    [
        ["empty", ""],
        ["another program", "Hello, world\n"],
        ["no chip", Without(Recorded.FlashId, "Chip is")],
        ["no address", Without(Recorded.FlashId, "MAC:")],
        ["no flash", Without(Recorded.FlashId, "Detected flash size")],
        ["flash that esptool does not know", Recorded.FlashId.Replace("size: 4MB", "size: Unknown", StringComparison.Ordinal)],
        ["address cut short", Recorded.FlashId.Replace("24:0a:c4:12:34:56", "24:0a:c4:12:34", StringComparison.Ordinal)],
        ["address of no hex", Recorded.FlashId.Replace("24:0a:c4:12:34:56", "24:0a:c4:12:34:::", StringComparison.Ordinal)],
        ["two addresses", Recorded.FlashId + "MAC: 24:0a:c4:12:34:57\n"],
        ["two sizes", Recorded.FlashId + "Detected flash size: 8MB\n"],
        ["revision of no number", Recorded.FlashId.Replace("v3.1", "vX.1", StringComparison.Ordinal)],
    ];

    [TestMethod]
    [DataRow("Chip is ESP32-S3 (QFN56) (revision v0.2)\nMAC: 24:0a:c4:12:34:56\nDetected flash size: 8MB", "ESP32-S3 (QFN56)")]
    [DataRow("Chip is ESP32-C3 AZ (QFN32) (revision v0.4)\nMAC: 24:0a:c4:12:34:56\nDetected flash size: 8MB", "ESP32-C3 AZ (QFN32)")]
    [DataRow("Chip type:          ESP32-C6FH4 (QFN32) (revision v0.1)\nMAC:                24:0a:c4:ff:fe:12:34:56\nBASE MAC:           24:0a:c4:12:34:56\nMAC_EXT:            ff:fe\nDetected flash size: 8MB", "ESP32-C6FH4 (QFN32)", DisplayName = "with a Thread radio")]
    public void Newer_chips_are_understood(string output, string description)
    {
        var chip = EspToolOutput.Inspection(Lines(output), ChipProfiles.All[1]);
        Assert.AreEqual((description, new MacAddress(0x240AC4123456), 8 << 20), (chip.Description, chip.Mac, chip.FlashSize));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Inspection_is_read_from_both_generations(bool version5)
    {
        var chip = EspToolOutput.Inspection(Lines(version5 ? Recorded.FlashIdVersion5 : Recorded.FlashId), ChipProfiles.Esp32);
        Assert.AreEqual(new ChipInspection("ESP32-D0WD-V3", 3, 1, new MacAddress(0x240AC4123456), 4 << 20), chip);
    }

    [TestMethod]
    [DynamicData(nameof(DamagedInspections))]
    public void Inspection_that_is_not_understood_is_an_error_never_a_guess(string what, string output)
    {
        var error = Assert.ThrowsExactly<ChipException>(() => EspToolOutput.Inspection(Lines(output), ChipProfiles.Esp32), what);
        Assert.AreEqual("MKX-CHIP-006", error.Code);
    }

    [TestMethod]
    public void Chip_that_esptool_doubts_is_refused()
    {
        var doubt = "WARNING: This chip doesn't appear to be a ESP32 (chip magic value 0x00000042). Probably it is unsupported by this version of esptool.\n";
        Assert.AreEqual("MKX-CHIP-013", Assert.ThrowsExactly<ChipException>(() => EspToolOutput.Inspection(Lines(doubt + Recorded.FlashId), ChipProfiles.Esp32)).Code);
    }

    [TestMethod]
    public void Write_is_confirmed_for_every_file()
    {
        EspToolOutput.CheckWritten(Lines(Recorded.WriteFlash), Files);
        EspToolOutput.CheckWritten(Lines("Wrote 8192 bytes (8203 compressed) at 0x00001000 in 0.1 seconds (900.0 kbit/s).\nVerifying written data...\nHash of data verified.\n"), Files[..1]);
    }

    [TestMethod]
    [DataRow("nothing at all", "")]
    [DataRow("hashes without writes", "Hash of data verified.\nHash of data verified.\n")]
    [DataRow("one hash for two writes", "Wrote 8192 bytes at 0x00001000 in 1 s\nWrote 4096 bytes at 0x00009000 in 1 s\nHash of data verified.\n")]
    [DataRow("second file not verified", "Wrote 8192 bytes at 0x00001000 in 1 s\nHash of data verified.\nWrote 4096 bytes at 0x00009000 in 1 s\n")]
    [DataRow("first file twice", "Wrote 8192 bytes at 0x00001000 in 1 s\nHash of data verified.\nWrote 8192 bytes at 0x00001000 in 1 s\nHash of data verified.\n")]
    [DataRow("short write", "Wrote 8191 bytes at 0x00001000 in 1 s\nHash of data verified.\nWrote 4096 bytes at 0x00009000 in 1 s\nHash of data verified.\n")]
    [DataRow("wrong address", "Wrote 8192 bytes at 0x00002000 in 1 s\nHash of data verified.\nWrote 4096 bytes at 0x00009000 in 1 s\nHash of data verified.\n")]
    [DataRow("more than was asked", "Wrote 8192 bytes at 0x00001000 in 1 s\nHash of data verified.\nWrote 4096 bytes at 0x00009000 in 1 s\nHash of data verified.\nWrote 4096 bytes at 0x0000a000 in 1 s\nHash of data verified.\n")]
    public void Write_that_is_not_confirmed_fails(string what, string output) =>
        Assert.AreEqual("MKX-CHIP-008", Assert.ThrowsExactly<ChipException>(() => EspToolOutput.CheckWritten(Lines(output), Files), what).Code);

    [TestMethod]
    public void Write_output_cut_anywhere_is_not_taken_for_success()
    {
        var whole = Recorded.WriteFlash;
        var end = whole.LastIndexOf("verified.", StringComparison.Ordinal) + "verified.".Length;
        for (var length = 0; length < end; length += 7)
        {
            Assert.ThrowsExactly<ChipException>(() => EspToolOutput.CheckWritten(Lines(whole[..length]), Files), $"cut at {length}");
        }
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n');

    private static string Without(string text, string start) => string.Join('\n', Lines(text).Where(l => !l.StartsWith(start, StringComparison.Ordinal)));
}
