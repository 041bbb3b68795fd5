using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Chips;
using Makapix.Provisioning.Tests.Images.Signing;
using Makapix.Provisioning.Tests.Line.FirstBoots;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>Boards and bundles that the line must not touch: refused with a code, and before anything is written or issued.</summary>
[TestClass]
public sealed class RefusalTests
{
    private const string VirtualPort = "socket://127.0.0.1:1";

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("makapix-refusal-");
    private readonly Lazy<DeviceLedger> _ledger;

    // All recorded boards have one address: what one test writes down of it is not for the others.
    public RefusalTests() => _ledger = new(() => DeviceLedger.Create(LedgerLocation.Sqlite(Path.Combine(_scratch.FullName, "ledger.db"))));

    public static IEnumerable<object[]> Boards =>
    [
        ["MKX-LINE-107", "old revision", Recorded.FlashId.Replace("v3.1", "v1.0", StringComparison.Ordinal), Recorded.FreshSummary],
        ["MKX-LINE-108", "small flash", Recorded.FlashId.Replace("4MB", "2MB", StringComparison.Ordinal), Recorded.FreshSummary],
        ["MKX-LINE-109", "board swapped between two calls", Recorded.FlashId, Recorded.FreshSummary.Replace("24:0a:c4:12:34:56", "24:0a:c4:12:34:57", StringComparison.Ordinal)],
        ["MKX-LINE-101", "coding scheme 3/4", Recorded.FlashId, Recorded.FreshSummary.Set("CODING_SCHEME", "3/4 (BLK1-3 len=192 bits)").Set("BLOCK1", Blank24).Set("BLOCK2", Blank24).Set("BLOCK3", Blank24)],
        ["MKX-LINE-105", "counter burned", Recorded.FlashId, Recorded.FreshSummary.Burn("FLASH_CRYPT_CNT", 1)],
        ["MKX-LINE-105", "key block not empty", Recorded.FlashId, Recorded.FreshSummary.BurnKey(new byte[32].Select(_ => (byte)1).ToArray())],
        ["MKX-LINE-105", "key block protected", Recorded.FlashId, Recorded.FreshSummary.BurnKey(new byte[32], readable: false, writeable: false)],
        ["MKX-LINE-105", "released by somebody else", Recorded.FlashId, Recorded.ReleaseSummary],
        ["MKX-CHIP-006", "garbage from esptool", "\u0001\u0002\u0003", Recorded.FreshSummary],
        ["MKX-CHIP-006", "garbage from espefuse", Recorded.FlashId, "\u0001\u0002\u0003"],
    ];

    public static IEnumerable<object[]> Requests =>
    [
        ["host with a blank and a bang", (ProvisioningRequest r) => r with { BrokerHost = "bad host!" }],
        ["empty host", (ProvisioningRequest r) => r with { BrokerHost = "" }],
        ["port 0", (ProvisioningRequest r) => r with { BrokerPort = 0 }],
        ["the empty UUID", (ProvisioningRequest r) => r with { DeviceId = Guid.Empty }],
        ["SSID of 33 bytes", (ProvisioningRequest r) => r with { WifiSsid = new string('s', 33) }],
        ["SSID of 22 characters and 33 bytes", (ProvisioningRequest r) => r with { WifiSsid = string.Concat(Enumerable.Repeat("aé", 11)) }],
        ["password of 7 bytes", (ProvisioningRequest r) => r with { WifiSsid = "s", WifiPassword = "1234567"u8.ToArray() }],
        ["password of 65 bytes", (ProvisioningRequest r) => r with { WifiSsid = "s", WifiPassword = Enumerable.Repeat((byte)'p', 65).ToArray() }],
    ];

    private static string Blank24 => string.Join(' ', Enumerable.Repeat("00", 24));

    [TestCleanup]
    public void CleanUp()
    {
        if (_ledger.IsValueCreated)
        {
            _ledger.Value.Dispose();
        }

        _scratch.Delete(recursive: true);
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public async Task Board_that_is_not_fit_is_refused(string code, string what, string flashId, string summary)
    {
        var runner = new StubRunner(call => (0, call.Word() == "flash_id" ? flashId : summary, ""));
        var error = await RefuseAsync(runner, Request(VirtualPort));
        Assert.AreEqual(code, error.Code, $"{what}: {error.Message}");
        Assert.IsTrue(runner.Calls.All(call => call.Word() is "flash_id" or "summary"), "nothing is written");
    }

    [TestMethod]
    public async Task Every_eFuse_that_somebody_else_has_burned_is_named()
    {
        var summary = Recorded.FreshSummary.Burn("JTAG_DISABLE", 1).Burn("FLASH_CRYPT_CNT", 3).BurnKey([.. Enumerable.Repeat((byte)1, 32)]);
        var error = await RefuseAsync(new StubRunner(call => (0, call.Word() == "flash_id" ? Recorded.FlashId : summary, "")), Request(VirtualPort));
        Assert.AreEqual("MKX-LINE-105", error.Code);
        Assert.EndsWith(": FLASH_CRYPT_CNT = 0x3, JTAG_DISABLE = 0x1, BLOCK1 holds a key.", error.Cause);
    }

    [TestMethod]
    [DataRow("MKX-LINE-132", "\"wireProtocol\": false", "\"wireProtocol\": true", ProvisioningPolicy.Release)]
    [DataRow("MKX-LINE-132", "\"wireProtocol\": false", "\"wireProtocol\": true", ProvisioningPolicy.Sealed)]
    [DataRow("MKX-LINE-133", "\"flashEncryptionRelease\": true", "\"flashEncryptionRelease\": false", ProvisioningPolicy.Release)]
    public async Task Bundle_that_would_leave_a_device_open_or_dead_is_refused_before_the_board_is_touched(string code, string was, string becomes, ProvisioningPolicy policy)
    {
        var folder = Workshop.DemoBundleFolder();
        var manifest = Path.Combine(folder, "bundle.json");
        var text = File.ReadAllText(manifest);
        StringAssert.Contains(text, was);
        File.WriteAllText(manifest, text.Replace(was, becomes, StringComparison.Ordinal));
        var runner = StubRunner.Saying("");
        var error = await RefuseAsync(runner, Request(VirtualPort, FirmwareBundle.Load(folder)) with { Policy = policy });
        Assert.AreEqual(code, error.Code);
        Assert.IsEmpty(runner.Calls);
    }

    [TestMethod]
    [DataRow(ProvisioningPolicy.Lab)]
    [DataRow(ProvisioningPolicy.Release)]
    [DataRow(ProvisioningPolicy.Sealed)]
    public async Task Unsigned_bundle_for_secure_boot_is_refused_before_the_board_is_touched(ProvisioningPolicy policy)
    {
        var runner = StubRunner.Saying("");
        var error = await RefuseAsync(runner, Request(VirtualPort, FirmwareBundle.Load(SigningBench.Unsigned)) with { Policy = policy });
        Assert.AreEqual("MKX-LINE-131", error.Code);
        Assert.IsEmpty(runner.Calls);
    }

    // In the words of esptool 4.7, which ends in a traceback, and of 5; and of espefuse, if somebody locks the chip between two calls.
    [TestMethod]
    [DataRow("Chip is ESP32-S3 in Secure Download Mode\n", "esptool.util.UnsupportedCommandError: This command (0xa) is not supported in Secure Download Mode\n")]
    [DataRow("Chip type:          ESP32-S3 in Secure Download Mode\n", "A fatal error occurred: This command (0xa) is not supported in Secure Download Mode\n")]
    [DataRow("A fatal error occurred: Secure Download Mode is enabled. The tool can not read eFuses.\n", "")]
    public async Task Chip_in_secure_download_mode_is_said_and_may_be_one_that_the_line_was_locking(string output, string errors)
    {
        var runner = new StubRunner(_ => (2, output, errors));
        var bundle = FirmwareBundle.Load(Workshop.DemoBundleFolder(ChipProfiles.Find("esp32s3")!));
        Assert.AreEqual("MKX-CHIP-019", (await RefuseAsync(runner, Request(VirtualPort, bundle))).Code);
        var device = Guid.NewGuid();
        WriteLocking(new MacAddress(0x240AC4123456), device);
        var error = await RefuseAsync(runner, Request(VirtualPort, bundle));
        Assert.AreEqual("MKX-LINE-106", error.Code);
        StringAssert.Contains(error.NextStep, device.ToString());
    }

    [TestMethod]
    public async Task Stand_in_bundle_never_reaches_a_real_board()
    {
        var runner = StubRunner.Saying("");
        var error = await RefuseAsync(runner, Request("/dev/null") with { Policy = ProvisioningPolicy.Lab });
        Assert.AreEqual("MKX-LINE-130", error.Code);
        Assert.IsEmpty(runner.Calls);
    }

    [TestMethod]
    public async Task Development_authority_makes_no_device_that_is_locked_for_ever()
    {
        var plan = new CeremonyPlan(Path.Combine(_scratch.FullName, "development"), Path.Combine(_scratch.FullName, "development-root")) { Organization = "Acme Development" };
        using var authority = CertificateAuthority.Init(plan, "correct horse battery staple", "another horse battery staple");
        foreach (var (policy, code) in new[] { (ProvisioningPolicy.Release, "MKX-LINE-135"), (ProvisioningPolicy.Sealed, "MKX-LINE-135"), (ProvisioningPolicy.Lab, "MKX-CHIP-006") })
        {
            var runner = StubRunner.Saying("");
            var error = await Assert.ThrowsAsync<MakapixException>(() => RunAsync(runner, Request(VirtualPort) with { Policy = policy }, authority));
            Assert.AreEqual(code, error.Code);
            Assert.AreEqual(policy == ProvisioningPolicy.Lab, runner.Calls.Count > 0, "refused before the board is touched");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Requests))]
    public void Request_that_no_device_could_use_is_refused_when_it_is_made(string what, Func<ProvisioningRequest, ProvisioningRequest> spoil)
    {
        var error = Assert.ThrowsExactly<ImageException>(() => spoil(Request(VirtualPort)), what);
        Assert.AreEqual("MKX-IMAGE-066", error.Code);
    }

    [TestMethod]
    public async Task Password_without_a_network_is_refused_before_the_board_is_touched()
    {
        var runner = StubRunner.Saying("");
        var error = await RefuseAsync(runner, Request(VirtualPort) with { WifiPassword = new byte[8].Select(_ => (byte)'p').ToArray() });
        Assert.AreEqual("MKX-LINE-113", error.Code);
        Assert.IsEmpty(runner.Calls);
    }

    [TestMethod]
    public async Task Second_run_at_a_port_is_refused_before_it_could_reset_the_board_of_the_first()
    {
        var second = StubRunner.Saying("");
        MakapixException? refused = null;
        var first = new StubRunner(_ =>
        {
            refused = RefuseAsync(second, Request(VirtualPort) with { StateFolder = Path.Combine(_scratch.FullName, "other") }).GetAwaiter().GetResult();
            return (2, "", "");
        });
        await RefuseAsync(first, Request(VirtualPort));
        Assert.AreEqual("MKX-CHIP-016", refused!.Code);
        Assert.IsEmpty(second.Calls, "not even looked at");
        await RefuseAsync(second, Request(VirtualPort));
        Assert.IsNotEmpty(second.Calls, "the port is free again");
    }

    [TestMethod]
    public async Task Port_where_nothing_listens_is_said()
    {
        var error = await RefuseAsync(new ProcessToolRunner(), Request($"socket://127.0.0.1:{FreePort.Pick()}"));
        Assert.AreEqual("MKX-CHIP-010", error.Code, error.Message);
    }

    [TestMethod]
    public async Task Journal_of_a_finished_device_on_a_blank_chip_means_another_board()
    {
        var request = Request(VirtualPort);
        using (var journal = LineJournal.Open(_ledger.Value, new MacAddress(0x240AC4123456)))
        {
            journal.Write(new JournalEntry(DateTimeOffset.UnixEpoch, Guid.NewGuid(), StepNames.Record, JournalEvent.Done) { DeviceId = Guid.NewGuid() });
        }

        var runner = new StubRunner(call => (0, call.Word() == "flash_id" ? Recorded.FlashId : Recorded.FreshSummary, ""));
        Assert.AreEqual("MKX-LINE-102", (await RefuseAsync(runner, request)).Code);
    }

    [TestMethod]
    public async Task Silent_chip_after_an_interrupted_seal_is_told_apart_from_a_dead_one()
    {
        var request = Request(VirtualPort);
        var devices = new Dictionary<ulong, Guid> { [0x240AC4123456] = Guid.NewGuid(), [0x240AC4123457] = Guid.NewGuid() };
        foreach (var (mac, device) in devices)
        {
            WriteLocking(new MacAddress(mac), device);
        }

        var error = await RefuseAsync(StubRunner.Saying("A fatal error occurred: Failed to connect to ESP32: No serial data received.\n", exitCode: 2), request);
        Assert.AreEqual("MKX-LINE-106", error.Code);
        foreach (var device in devices.Values)
        {
            StringAssert.Contains(error.NextStep, device.ToString(), "each board that it may be");
        }
    }

    /// <summary>The journal of a line that died while it locked a board.</summary>
    private void WriteLocking(MacAddress mac, Guid device)
    {
        using var journal = LineJournal.Open(_ledger.Value, mac);
        var run = Guid.NewGuid();
        foreach (var step in new[] { StepNames.Burn, StepNames.Lock })
        {
            journal.Write(new JournalEntry(DateTimeOffset.UnixEpoch, run, step, JournalEvent.Begin) { DeviceId = device, Serial = "01", KeyHash = "ff" });
        }
    }

    private ProvisioningRequest Request(string port, FirmwareBundle? bundle = null) =>
        new(ChipPort.Parse(port), bundle ?? Workshop.Bundle, "broker.makapix.test", 8883, Path.Combine(_scratch.FullName, "state"));

    private Task<MakapixException> RefuseAsync(IToolRunner runner, ProvisioningRequest request) => Assert.ThrowsAsync<MakapixException>(() => RunAsync(runner, request));

    private Task<ProvisionedDevice> RunAsync(IToolRunner runner, ProvisioningRequest request, CertificateAuthority? authority = null)
    {
        var tools = new EspTools(runner, EspToolVersion.Oldest);
        return new ProvisioningLine(tools, authority ?? Workshop.Authority, new ScriptedWatch(), TimeProvider.System) { LockFolder = Path.Combine(Path.GetDirectoryName(request.StateFolder)!, "ports"), Ledger = _ledger.Value }.RunAsync(request, new RecordingProgress(), default);
    }
}
