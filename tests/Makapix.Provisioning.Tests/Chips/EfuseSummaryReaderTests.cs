using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Chips;

[TestClass]
public sealed class EfuseSummaryReaderTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static IEnumerable<object[]> Damaged =>
    [
        ["empty", ""],
        ["banner alone", "espefuse.py v4.7.0\n"],
        ["not JSON", "espefuse.py v4.7.0\n{ this is not JSON }"],
        ["an array", "espefuse.py v4.7.0\n[]"],
        ["no address", Recorded.FreshSummary.Replace("\"MAC\"", "\"MAX\"", StringComparison.Ordinal)],
        ["address with a wrong CRC", Recorded.FreshSummary.Set("MAC", "24:0a:c4:12:34:56 (CRC 0x00 invalid - calculated 0x5f)")],
        ["address cut short", Recorded.FreshSummary.Set("MAC", "24:0a OK)")],
        ["field under another's name", Recorded.FreshSummary.Set("WR_DIS", "RD_DIS", "name")],
        ["negative number", Recorded.FreshSummary.Set("WR_DIS", -1)],
        ["number beyond 32 bits", Recorded.FreshSummary.Set("WR_DIS", 1L << 32)],
        ["fraction", Recorded.FreshSummary.Set("WR_DIS", 0.5)],
        ["value of no kind", Recorded.FreshSummary.Set("WR_DIS", new System.Text.Json.Nodes.JsonArray())],
        ["block cut short", Recorded.FreshSummary.Set("BLOCK1", "00 00 00")[..^1]],
        ["block of no hex", Recorded.FreshSummary.Set("BLOCK1", string.Join(' ', Enumerable.Repeat("0g", 32)))],
        ["block that runs together", Recorded.FreshSummary.Set("BLOCK1", new string('0', 95))],
        ["block too long", Recorded.FreshSummary.Set("BLOCK1", string.Join(' ', Enumerable.Repeat("00", 33)))],
        ["readability not told", Recorded.FreshSummary.Set("WR_DIS", "yes", "readable")],
        ["field told twice", Recorded.FreshSummary.Replace("\"ABS_DONE_1\": {", "\"ABS_DONE_0\": {", StringComparison.Ordinal)],
    ];

    [TestMethod]
    public void Fresh_chip_is_read()
    {
        var summary = SummaryText.Read(Recorded.FreshSummary);
        Assert.AreEqual("24:0a:c4:12:34:56", summary.Mac.ToString());
        Assert.AreEqual(0u, summary.Number("WR_DIS"));
        Assert.AreEqual(3u, summary.Number("WAFER_VERSION_MAJOR"));
        StringAssert.StartsWith(summary.Words("CODING_SCHEME"), "NONE");
        Assert.AreEqual(new EfuseBlock("BLOCK1", true, true, IsEmpty: true, KeyHash: null), summary.Block("BLOCK1"));
    }

    [TestMethod]
    public void Released_chip_is_read()
    {
        var summary = SummaryText.Read(Recorded.ReleaseSummary);
        Assert.AreEqual(127u, summary.Number("FLASH_CRYPT_CNT"));
        Assert.AreEqual(1u, summary.Number("JTAG_DISABLE"));
        Assert.AreEqual(0x88u, summary.Number("WR_DIS"));
        Assert.AreEqual(new EfuseBlock("BLOCK1", false, false, IsEmpty: false, KeyHash: null), summary.Block("BLOCK1"));
    }

    [TestMethod]
    [DataRow("read_regs:", DisplayName = "as version 4 shows BLOCK0")]
    [DataRow("dump:", DisplayName = "as version 5 shows BLOCK0")]
    public void Number_that_is_told_in_words_is_taken_from_BLOCK0(string shown)
    {
        var summary = SummaryText.Read(Recorded.Esp32S3Summary.Replace("read_regs:", shown, StringComparison.Ordinal));
        Assert.AreEqual("Enable", summary.Words("SPI_BOOT_CRYPT_CNT"));
        Assert.AreEqual(7u, summary.Number("SPI_BOOT_CRYPT_CNT"));
        Assert.AreEqual(4u, summary.Number("KEY_PURPOSE_0"));
        Assert.AreEqual("XTS_AES_128_KEY", summary.Words("KEY_PURPOSE_0"));
        Assert.AreEqual(0x00800100u, summary.Number("WR_DIS"));
        Assert.AreEqual(new EfuseBlock("BLOCK_KEY0", false, false, IsEmpty: false, KeyHash: null), summary.Block("BLOCK_KEY0"));
    }

    [TestMethod]
    public void Number_that_is_told_in_words_alone_is_no_number()
    {
        var summary = SummaryText.Read(Recorded.Esp32S3Summary.Replace("BLOCK0  ", "BLOCK0? ", StringComparison.Ordinal));
        Assert.AreEqual("MKX-CHIP-006", Assert.ThrowsExactly<ChipException>(() => summary.Number("SPI_BOOT_CRYPT_CNT")).Code);
        Assert.AreEqual(1u, summary.Number("DIS_PAD_JTAG"));
    }

    [TestMethod]
    [DataRow("[0 ] read_regs: 00800100", "[0 ] read_regs: 00800101", DisplayName = "summary and BLOCK0 disagree about a number")]
    [DataRow("[0 ] read_regs: 00800100 00080001", "[0 ] read_regs: 00800100 00000001", DisplayName = "summary and BLOCK0 disagree about a flag")]
    [DataRow("\nMAC_SPI_8M_0 ", "\nBLOCK0          (                ) [0 ] read_regs: 00000000 00000000 00000000 00000000 00000000 00000000\nMAC_SPI_8M_0 ", DisplayName = "BLOCK0 shown twice, differently")]
    [DataRow("\"word\": 2", "\"word\": 7", DisplayName = "field outside BLOCK0")]
    [DataRow("\"bit_len\": 3", "\"bit_len\": 33", DisplayName = "field wider than a word")]
    [DataRow("\"pos\": 18", "\"pos\": -1", DisplayName = "field before its word")]
    public void What_does_not_agree_with_BLOCK0_is_an_error(string was, string becomes)
    {
        Assert.Contains(was, Recorded.Esp32S3Summary);
        var error = Assert.ThrowsExactly<ChipException>(() => SummaryText.Read(Recorded.Esp32S3Summary.Replace(was, becomes, StringComparison.Ordinal)));
        Assert.AreEqual("MKX-CHIP-006", error.Code);
    }

    [TestMethod]
    [DataRow("-9.3")]
    [DataRow("-4")]
    public void Calibration_that_is_no_plain_number_stops_nobody_who_does_not_ask_for_it(string value)
    {
        var summary = SummaryText.Read(Recorded.Esp32S3Summary.Set("BLK_VERSION_MINOR", System.Text.Json.Nodes.JsonNode.Parse(value)!));
        Assert.AreEqual(7u, summary.Number("SPI_BOOT_CRYPT_CNT"));
        Assert.AreEqual("MKX-CHIP-014", Assert.ThrowsExactly<ChipException>(() => summary.Number("BLK_VERSION_MINOR")).Code);
    }

    [TestMethod]
    public void Key_that_is_still_readable_is_known_by_its_hash_in_the_order_of_the_key()
    {
        var block = SummaryText.Read(Recorded.FreshSummary.BurnKey(Key)).Block("BLOCK1");
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(Key)), block.KeyHash);
        Assert.IsFalse(block.IsEmpty);
    }

    [TestMethod]
    public void Unreadable_or_unknown_field_is_an_error_when_it_is_asked_for()
    {
        var summary = SummaryText.Read(Recorded.FreshSummary.Set("FLASH_CRYPT_CONFIG", "?").Set("FLASH_CRYPT_CONFIG", false, "readable"));
        Assert.AreEqual("MKX-CHIP-014", Assert.ThrowsExactly<ChipException>(() => summary.Number("FLASH_CRYPT_CONFIG")).Code);
        Assert.AreEqual("MKX-CHIP-006", Assert.ThrowsExactly<ChipException>(() => summary.Number("NO_SUCH_FUSE")).Code);
        Assert.AreEqual("MKX-CHIP-006", Assert.ThrowsExactly<ChipException>(() => summary.Number("CODING_SCHEME")).Code);
    }

    [TestMethod]
    [DynamicData(nameof(Damaged))]
    public void Summary_that_is_not_understood_is_an_error_never_a_guess(string what, string output)
    {
        var error = Assert.ThrowsExactly<ChipException>(() => SummaryText.Read(output), what);
        Assert.AreEqual("MKX-CHIP-006", error.Code, error.Message);
    }

    [TestMethod]
    public void Summary_cut_anywhere_is_an_error()
    {
        var whole = Recorded.FreshSummary.TrimEnd();
        for (var length = 0; length < whole.Length; length += 97)
        {
            Assert.ThrowsExactly<ChipException>(() => SummaryText.Read(whole[..length]), $"cut at {length}");
        }
    }

    [TestMethod]
    public async Task Error_text_never_quotes_a_key()
    {
        var hex = string.Join(' ', Key.Select(b => b.ToString("x2")));
        var damaged = Recorded.FreshSummary.Set("BLOCK1", hex + " zz");
        StringAssert.DoesNotMatch(Assert.ThrowsExactly<ChipException>(() => SummaryText.Read(damaged)).ToString(), new("0[1-9] 0[1-9]"));
        var failed = StubRunner.Saying($"A fatal error occurred: cannot write {hex.Replace(" ", "", StringComparison.Ordinal)} here\n", exitCode: 2);
        var error = await Assert.ThrowsExactlyAsync<ChipException>(() => new Espefuse(failed, new EspToolSyntax(EspToolVersion.Oldest, ChipProfiles.Esp32)).SummaryAsync(ChipPort.Parse("socket://127.0.0.1:1"), default));
        StringAssert.Contains(error.Message, "cannot write … here");
    }
}
