using System;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Chips;

/// <summary>What esptool says when it fails, in the words of 4.7 on stdout and of 5 on stderr, becomes one stable code.</summary>
[TestClass]
public sealed class ToolFailureTests
{
    private const string Fatal = "\nA fatal error occurred: ";

    [TestMethod]
    [DataRow("MKX-CHIP-010", "Could not open /dev/ttyUSB0, the port is busy or doesn't exist.\n([Errno 2] …)\n")]
    [DataRow("MKX-CHIP-012", "Failed to connect to ESP32: No serial data received.\nFor troubleshooting steps visit: https://…\n")]
    [DataRow("MKX-CHIP-012", "Failed to connect to ESP32: Wrong boot mode detected (0x13)!\n")]
    [DataRow("MKX-CHIP-012", "The chip stopped responding.\n")]
    [DataRow("MKX-CHIP-013", "This chip is ESP32-S3 not ESP32. Wrong --chip argument?\n")]
    [DataRow("MKX-CHIP-008", "MD5 of file does not match data in flash!\n")]
    [DataRow("MKX-CHIP-005", "\tBLOCK1 is read-protected.\tBurn in this case may damage an already written value.\n")]
    public async Task Fatal_line_becomes_a_code(string code, string text)
    {
        Assert.AreEqual(code, (await FailAsync(output: Fatal + text)).Code);
        Assert.AreEqual(code, (await FailAsync(errors: Fatal + text)).Code);
    }

    [TestMethod]
    public async Task Only_the_fatal_line_is_passed_on()
    {
        var error = await FailAsync(output: $"esptool.py v4.7.0\nSerial port /dev/ttyUSB0\nlots of talk{Fatal}Something new\nHint: buy another board\n");
        Assert.AreEqual("esptool failed: Something new.", error.Cause);
    }

    [TestMethod]
    public async Task Traceback_is_trimmed_to_its_last_line()
    {
        var error = await FailAsync(errors: "Traceback (most recent call last):\n  File \"/usr/bin/esptool\", line 1, in <module>\nModuleNotFoundError: No module named 'serial'\n", exitCode: 1);
        Assert.AreEqual("MKX-CHIP-009", error.Code);
        StringAssert.Contains(error.Cause, "exit code 1: ModuleNotFoundError: No module named 'serial'");
        Assert.DoesNotContain("Traceback", error.Message);
    }

    // Of esptool 4.7, and of 5: an operator who gave a bundle has given no --chip.
    [TestMethod]
    [DataRow("This chip is ESP32-S3 not ESP32. Wrong --chip argument?\n")]
    [DataRow("This chip is ESP32-S3, not ESP32. Wrong chip argument?\n")]
    public async Task Other_chip_is_said_without_an_argument_that_nobody_gave(string text)
    {
        var error = await FailAsync(output: Fatal + text);
        Assert.AreEqual("MKX-CHIP-013", error.Code);
        Assert.EndsWith(" not ESP32.", error.Cause);
        Assert.DoesNotContain("argument", error.Message);
    }

    // As espefuse 4.7 ends when the board is pulled; it catches none of them.
    [TestMethod]
    [DataRow("serial.serialutil.SerialException: device reports readiness to read but returned no data (device disconnected or multiple access on port?)")]
    [DataRow("serial.serialutil.SerialException: read failed: socket disconnected")]
    [DataRow("termios.error: (5, 'Input/output error')")]
    [DataRow("OSError: [Errno 5] Input/output error")]
    public async Task Board_that_is_pulled_is_a_matter_of_the_cable_and_not_of_the_tool(string last)
    {
        var error = await FailAsync(errors: $"Traceback (most recent call last):\n  File \"/usr/bin/espefuse\", line 33, in <module>\n{last}\n", exitCode: 1);
        Assert.AreEqual("MKX-CHIP-005", error.Code);
        Assert.Contains("cable", error.NextStep);
    }

    [TestMethod]
    public async Task Terminal_codes_and_floods_do_not_reach_the_operator()
    {
        var error = await FailAsync(output: $"{Fatal}\u001b[31m{new string('x', 5000)}\n");
        Assert.DoesNotContain('\u001b', error.Message);
        Assert.IsLessThan(400, error.Message.Length);
    }

    [TestMethod]
    [DataRow("esptool.py v4.6.2\n4.6.2\n", "MKX-CHIP-007")]
    [DataRow("esptool.py v3.0\n3.0\n", "MKX-CHIP-007")]
    [DataRow("GNU bash, version 5.2\n", "MKX-CHIP-006")]
    [DataRow("", "MKX-CHIP-006")]
    public async Task Old_or_strange_esptool_is_refused(string output, string code) =>
        Assert.AreEqual(code, (await Assert.ThrowsExactlyAsync<ChipException>(() => EspTools.DetectAsync(StubRunner.Saying(output), default))).Code);

    [TestMethod]
    [DataRow("esptool.py v4.7.0\n4.7.0\n", "4.7.0", "write_flash", "no_reset")]
    [DataRow("esptool.py v4.10.0\n", "4.10.0", "write_flash", "no_reset")]
    [DataRow("esptool v5.1.0\n5.1.0\n", "5.1.0", "write-flash", "no-reset")]
    [DataRow("esptool.py v4.8.dev1\n", "4.8.0", "write_flash", "no_reset")]
    public async Task Each_generation_is_spoken_to_in_its_own_words(string output, string version, string command, string choice)
    {
        var tools = await EspTools.DetectAsync(StubRunner.Saying(output), default);
        Assert.AreEqual(version, tools.Version.ToString());
        var runner = StubRunner.Saying("");
        await Assert.ThrowsExactlyAsync<ChipException>(() => new EspTool(runner, new EspToolSyntax(tools.Version, ChipProfiles.Esp32)).WriteFlashAsync(ChipPort.Parse("socket://127.0.0.1:1"), [new(0, "x", 4)], encrypts: false, default));
        CollectionAssert.Contains(runner.Calls[0].Arguments, command);
        CollectionAssert.Contains(runner.Calls[0].Arguments, choice);
    }

    [TestMethod]
    public async Task Burn_that_is_not_confirmed_for_each_block_is_an_error()
    {
        var burn = new EfuseBurn { Key = new KeyBurn(ChipProfiles.Esp32.Ciphers[0], new byte[32]), Values = [("FLASH_CRYPT_CNT", 127)] };
        var port = ChipPort.Parse("socket://127.0.0.1:1");
        await new Espefuse(StubRunner.Saying(Recorded.Burn), new EspToolSyntax(EspToolVersion.Oldest, ChipProfiles.Esp32)).BurnAsync(port, burn);
        foreach (var block in new[] { "BURN BLOCK0", "BURN BLOCK1" })
        {
            var half = StubRunner.Saying(Recorded.Burn.Replace(block, "skipped", StringComparison.Ordinal));
            var error = await Assert.ThrowsExactlyAsync<ChipException>(() => new Espefuse(half, new EspToolSyntax(EspToolVersion.Oldest, ChipProfiles.Esp32)).BurnAsync(port, burn));
            Assert.AreEqual("MKX-CHIP-015", error.Code);
        }
    }

    [TestMethod]
    [DataRow("ENABLE_SECURITY_DOWNLOAD is enabled\nSuccessful\n", "ENABLE_SECURITY_DOWNLOAD", true)]
    [DataRow("DIS_DOWNLOAD_MODE is enabled.\nSuccessful.\n", "DIS_DOWNLOAD_MODE", true, DisplayName = "version 5")]
    [DataRow("ENABLE_SECURITY_DOWNLOAD is enabled\n", "DIS_PAD_JTAG", false, DisplayName = "another burn than that one")]
    [DataRow("Successful\n", "ENABLE_SECURITY_DOWNLOAD", false)]
    public async Task Chip_that_goes_silent_because_that_was_burned_confirms_it(string output, string name, bool confirmed)
    {
        var espefuse = new Espefuse(StubRunner.Saying(output), new EspToolSyntax(EspToolVersion.Oldest, ChipProfiles.All[1]));
        var burning = espefuse.BurnAsync(ChipPort.Parse("socket://127.0.0.1:1"), new EfuseBurn { Values = [(name, 1)] });
        if (confirmed)
        {
            await burning;
        }
        else
        {
            Assert.AreEqual("MKX-CHIP-015", (await Assert.ThrowsExactlyAsync<ChipException>(() => burning)).Code);
        }
    }

    private static Task<ChipException> FailAsync(string output = "", string errors = "", int exitCode = 2) =>
        Assert.ThrowsExactlyAsync<ChipException>(() => new EspTool(StubRunner.Saying(output, exitCode, errors), new EspToolSyntax(EspToolVersion.Oldest, ChipProfiles.Esp32)).InspectAsync(ChipPort.Parse("socket://127.0.0.1:1"), default));
}
