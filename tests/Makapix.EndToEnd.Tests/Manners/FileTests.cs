using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Manners;

/// <summary>Files that are missing, damaged or in the way, and passphrases that are none: 1, one line, and nothing half-written.</summary>
[TestClass]
public sealed class FileTests
{
    private const string NoTerminal = "MKX-CLI-013";

    // {ca}, {bundle}, {op}: sound ones. {bad-bundle}: one byte of nanoCLR differs. {garbage}: a file of noise. {key}: 32 bytes. {key31}, {folder}, {file}: what they say. {new}: not there.
    [TestMethod]
    [DataRow("MKX-IMAGE-090", "device provision --port socket://127.0.0.1:1 --bundle {new} --authority {ca} --broker b:1 --state {new} --operator {op} --passphrase-fd 0")]
    [DataRow("MKX-IMAGE-090", "device provision --port socket://127.0.0.1:1 --bundle {file} --authority {ca} --broker b:1 --state {new} --operator {op} --passphrase-fd 0")]
    [DataRow("MKX-IMAGE-095", "device provision --port socket://127.0.0.1:1 --bundle {bad-bundle} --authority {ca} --broker b:1 --state {new} --operator {op} --passphrase-fd 0")]
    [DataRow("MKX-CA-004", "device provision --port socket://127.0.0.1:1 --bundle {bundle} --authority {new} --broker b:1 --state {new} --operator {op} --passphrase-fd 0")]
    [DataRow("MKX-CLI-010", "device provision --port socket://127.0.0.1:1 --bundle {bundle} --authority {ca} --broker b:1 --state {new} --operator {op} --passphrase-fd 77")]
    [DataRow("MKX-CLI-010", "device provision --port socket://127.0.0.1:1 --bundle {bundle} --authority {ca} --broker b:1 --state {new} --operator {op} --passphrase-fd 0 --wifi-ssid s --wifi-password-fd 77")]
    [DataRow(NoTerminal, "device provision --port socket://127.0.0.1:1 --bundle {bundle} --authority {ca} --broker b:1 --state {new} --operator {op}")]
    [DataRow("MKX-CHIP-010", "device provision --port /dev/ttyNONE --bundle {bundle} --authority {ca} --broker b:1 --state {new} --operator {op} --passphrase-fd 0")]
    [DataRow("MKX-CHIP-011", "device provision --port socket://192.0.2.1:1 --bundle {bundle} --authority {ca} --broker b:1 --state {new} --operator {op} --passphrase-fd 0")]
    [DataRow("MKX-CHIP-011", "device provision --port spy:///dev/ttyUSB0?file=key --bundle {bundle} --authority {ca} --broker b:1 --state {new} --operator {op} --passphrase-fd 0")]
    [DataRow("MKX-LINE-150", "device provision --port socket://127.0.0.1:1 --bundle {bundle} --authority {ca} --broker b:1 --state {new} --operator {folder} --passphrase-fd 0")]
    [DataRow("MKX-LINE-150", "device resume --port socket://127.0.0.1:1 --bundle {bundle} --authority {ca} --state {new} --operator {new} --passphrase-fd 0")]
    [DataRow("MKX-LEDGER-001", "device resume --port socket://127.0.0.1:1 --bundle {bundle} --authority {folder} --state {new} --operator {op} --passphrase-fd 0")]
    [DataRow("MKX-CLI-030", "device run --chip {new}")]
    [DataRow("MKX-CLI-030", "device run --chip {folder}")]
    [DataRow("MKX-CLI-030", "device run --chip {file}")]
    [DataRow("MKX-CLI-004", "device run --identity {new}")]
    [DataRow("MKX-CLI-003", "device run --identity {folder}")]
    [DataRow("MKX-IMAGE-041", "device run --identity {garbage}")]
    [DataRow("MKX-CLI-031", "device run --identity {bundle}/Makapix.Device.Identity.pe")]
    [DataRow("MKX-CA-004", "ca crl --dir {new} --out {new} --passphrase-fd 0")]
    [DataRow("MKX-LEDGER-001", "ca show --dir {folder}")]
    [DataRow("MKX-CA-004", "ca verify {folder}")]
    [DataRow("MKX-CA-004", "ca trust --dir {folder} --out {new} --passphrase-fd 0")]
    [DataRow("MKX-CA-042", "ca trust --dir {ca} --out {key} --passphrase-fd 0")]
    [DataRow("MKX-CA-001", "ca init --dir {folder} --root {new} --yes --passphrase-fd 0")]
    [DataRow("MKX-CA-040", "ca issue-broker --dir {ca} --host b.example --out {folder} --passphrase-fd 0")]
    [DataRow("MKX-LEDGER-001", "ledger show --dir {new}")]
    [DataRow("MKX-LEDGER-001", "ledger verify --dir {folder}")]
    [DataRow("MKX-LEDGER-001", "ledger accept-clock --dir {folder} --reason r")]
    [DataRow("MKX-LEDGER-001", "device list --dir {new}")]
    [DataRow("MKX-LEDGER-001", "device show --dir {new} 24:0a:c4:00:00:01")]
    [DataRow("MKX-LEDGER-050", "ledger verify --dir {ca} --head {garbage}")]
    [DataRow("MKX-CLI-004", "ledger verify --dir {ca} --head {new}")]
    [DataRow("MKX-LEDGER-057", "ledger verify --dir {ca} --head {garbage} --root-certificate {garbage}")]
    [DataRow("MKX-CLI-010", "ca init --dir {new} --root {new}-root --yes --passphrase-fd 77")]
    [DataRow(NoTerminal, "ca init --dir {new} --root {new}-root --yes")]
    [DataRow("MKX-CLI-018", "ca init --dir {new} --root {new}-root --passphrase-fd 0")]
    [DataRow("MKX-IMAGE-090", "bundle verify {folder}")]
    [DataRow("MKX-CLI-004", "broker kit --config {new} --out {new}-kit")]
    [DataRow("MKX-CLI-003", "broker kit --config {folder} --out {new}")]
    [DataRow("MKX-BROKER-020", "broker kit --config {garbage} --out {new}")]
    [DataRow("MKX-BROKER-020", "broker up --config {garbage} --dir {new}")]
    [DataRow("MKX-BROKER-036", "broker status --dir {new}")]
    [DataRow("MKX-BROKER-036", "broker reload --dir {folder}")]
    [DataRow("MKX-BROKER-020", "broker entry --config {garbage}")]
    [DataRow("MKX-CLI-004", "broker token --key {new} --device-id 01234567-89ab-4cde-8f01-23456789abcd --key-passphrase-fd 0")]
    [DataRow("MKX-BROKER-041", "broker token --key {garbage} --device-id 01234567-89ab-4cde-8f01-23456789abcd --key-passphrase-fd 0")]
    [DataRow("MKX-CLI-004", "broker lint {new}")]
    [DataRow("MKX-CLI-003", "broker lint {folder}")]
    [DataRow("MKX-BROKER-028", "broker lint {key}")]
    [DataRow("MKX-IMAGE-110", "bundle create --from {bundle} --out {new}")]
    [DataRow("MKX-IMAGE-120", "bundle sign --bundle {bundle} --key {garbage} --key-passphrase-fd 0 --out {new}")]
    [DataRow("MKX-CA-060", "bundle sign --bundle {bundle} --key pkcs11:nothing --key-passphrase-fd 0 --out {new}")]
    [DataRow("MKX-IMAGE-099", "bundle demo --out {folder}")]
    [DataRow("MKX-IMAGE-099", "bundle demo --out {file}")]
    [DataRow("MKX-CLI-004", "bundle demo --out {file}/below")]
    [DataRow("MKX-CLI-004", "image encrypt --chip esp32 --key {new} --offset 0 {garbage} {new}-out")]
    [DataRow("MKX-CLI-004", "image encrypt --chip esp32 --key {key} --offset 0 {new} {new}-out")]
    [DataRow("MKX-CLI-004", "image encrypt --chip esp32 --key {key} --offset 0 {garbage} {new}/below")]
    [DataRow("MKX-CLI-003", "image encrypt --chip esp32 --key {key} --offset 0 {folder} {new}")]
    [DataRow("MKX-IMAGE-004", "image encrypt --chip esp32 --key {key31} --offset 0 {garbage} {new}")]
    [DataRow("MKX-IMAGE-087", "image encrypt --chip esp32 --key {garbage} --offset 0 {garbage} {new}")]
    [DataRow("MKX-IMAGE-001", "image encrypt --chip esp32 --key {key} --offset 8 {garbage} {new}")]
    [DataRow("MKX-IMAGE-003", "image encrypt --chip esp32 --key {key} --offset 0xFFFFF0 {garbage} {new}")]
    [DataRow("MKX-IMAGE-085", "image encrypt --chip esp32 --key {key} --offset 0 {garbage} {garbage}")]
    [DataRow("MKX-IMAGE-085", "image decrypt --chip esp32 --key {key} --offset 0 {garbage} {key}")]
    [DataRow("MKX-IMAGE-002", "image decrypt --chip esp32 --key {key} --offset 0 {key31} {new}")]
    [DataRow("MKX-VCHIP-010", "virtual-chip --listen 127.0.0.1:0 --state {file}")]
    [DataRow("MKX-CLI-020", "demo --keep {folder}")]
    [DataRow("MKX-CLI-020", "demo --keep {file}")]
    public async Task Bad_files_are_one_line_and_leave_nothing(string code, string command)
    {
        using var scratch = new Scratch();
        var names = await NamesAsync(scratch);
        var before = Contents(scratch);

        // Who would be asked for a secret has no terminal in a process of its own.
        var how = code == NoTerminal ? Workbench.WithPassphrase with { Folder = scratch.Root } : Workbench.WithPassphrase;
        (await Shell.RunAsync(how, Fill(command, names))).Refused(1, code);
        CollectionAssert.AreEqual(before, Contents(scratch));
    }

    [TestMethod]
    [DataRow("MKX-CA-005", "wrong horse battery", "crl --dir {ca} --out {new}")]
    [DataRow("MKX-CLI-011", "\n", "crl --dir {ca} --out {new}")]
    [DataRow("MKX-CLI-011", "", "init --dir {new} --root {new}-root --yes")]
    [DataRow("MKX-CA-002", "short", "init --dir {new} --root {new}-root --yes")]
    [DataRow("MKX-CA-005", "wrong horse battery", "issue-broker --dir {ca} --host b.example --out {new}")]
    [DataRow("MKX-CA-005", "wrong horse battery", "revoke --dir {ca} --cn op_x --reason superseded")]
    public async Task A_wrong_passphrase_is_refused_and_not_repeated(string code, string passphrase, string command)
    {
        using var scratch = new Scratch();
        var names = await NamesAsync(scratch);
        var before = Contents(scratch);
        var run = (await Shell.RunAsync(new CliStart { Input = passphrase }, ["ca", .. Fill(command, names), "--passphrase-fd", "0"])).Refused(1, code);
        Assert.DoesNotContain("horse", run.Error);
        CollectionAssert.AreEqual(before, Contents(scratch));
    }

    [TestMethod]
    public async Task A_wrong_passphrase_does_not_reach_the_board()
    {
        using var scratch = new Scratch();
        await using var chip = await ChipOnPort.StartAsync(scratch.At("chip"));
        (await Shell.RunAsync(new CliStart { Input = "wrong horse battery" }, await Workbench.ProvisionAsync(chip.Port, scratch.At("state")))).Refused(1, "MKX-CA-005");
        Assert.IsFalse(Path.Exists(scratch.At("state")));
    }

    // Forgetting 3< must not make a passphrase of whatever file .NET has open under that number.
    [TestMethod]
    [DataRow(3)]
    [DataRow(6)]
    [DataRow(20)]
    [DataRow(40)]
    public async Task A_descriptor_that_nobody_opened_is_no_secret(int descriptor)
    {
        using var scratch = new Scratch();
        (await Shell.RunAsync("ca", "init", "--dir", scratch.At("ca"), "--root", scratch.At("root"), "--yes", "--passphrase-fd", $"{descriptor}")).Refused(1, "MKX-CLI-010");
        Assert.IsEmpty(scratch.Entries);
    }

    [TestMethod]
    [DataRow("MKX-CLI-012", 1025, "")]
    [DataRow("MKX-CLI-014", 20, "\nand another line\n")]
    public async Task What_is_not_one_line_is_no_secret(string code, int length, string more) =>
        (await Shell.RunAsync(new CliStart { Input = new string('x', length) + more }, "ca", "crl", "--dir", await Workbench.AuthorityAsync(), "--out", "/dev/null/crl", "--passphrase-fd", "0")).Refused(1, code);

    [TestMethod]
    public async Task A_state_folder_that_cannot_be_is_said_before_anything_is_written()
    {
        using var scratch = new Scratch();
        var state = scratch.Write("state", "a file");
        await using var chip = await ChipOnPort.StartAsync(scratch.At("chip"));
        (await Shell.RunAsync(Workbench.WithPassphrase, await Workbench.ProvisionAsync(chip.Port, state))).Refused(1, "MKX-CLI-004");
        Assert.IsTrue(File.ReadAllBytes(scratch.At("chip", "flash.bin")).All(cell => cell == 0xFF));
    }

    [TestMethod]
    [DataRow("flash.bin", "MKX-VCHIP-012")]
    [DataRow("efuse.bin", "MKX-VCHIP-013")]
    public async Task A_chip_with_a_file_of_the_wrong_size_is_refused(string file, string code)
    {
        using var scratch = new Scratch();
        scratch.Copy(await Workbench.FusedChipAsync(), "chip");
        scratch.Write(Path.Combine("chip", file), "short");
        (await Shell.RunAsync("virtual-chip", "--listen", "127.0.0.1:0", "--state", scratch.At("chip"))).Refused(1, code);
        (await Shell.RunAsync("device", "run", "--chip", scratch.At("chip"))).Refused(1, code);
    }

    [TestMethod]
    public async Task A_chip_that_does_not_boot_says_why()
    {
        using var scratch = new Scratch();
        scratch.Copy(await Workbench.FusedChipAsync(), "chip");
        using (var flash = File.OpenWrite(scratch.At("chip", "flash.bin")))
        {
            flash.Position = 0x20000;
            flash.Write(new byte[16]);
        }

        (await Shell.RunAsync("device", "run", "--chip", scratch.At("chip"))).Refused(1, "MKX-VCHIP-104");
    }

    private static async Task<Dictionary<string, string>> NamesAsync(Scratch scratch)
    {
        var bundle = scratch.Copy(await Workbench.BundleAsync(), "bad-bundle");
        using (var nanoClr = File.OpenWrite(Path.Combine(bundle, "nanoCLR.bin")))
        {
            nanoClr.Position = 5000;
            nanoClr.WriteByte(0x55);
        }

        scratch.Folder("folder");
        scratch.Write(Path.Combine("folder", "broker.crt"), "somebody's");
        return new Dictionary<string, string>
        {
            ["{ca}"] = await Workbench.AuthorityAsync(),
            ["{op}"] = await Workbench.OperatorAsync(),
            ["{bundle}"] = await Workbench.BundleAsync(),
            ["{bad-bundle}"] = bundle,
            ["{garbage}"] = scratch.Write("garbage", [.. Enumerable.Range(0, 4800).Select(i => (byte)(i * 7))]),
            ["{key}"] = scratch.Write("key", [.. Enumerable.Range(0, 32).Select(i => (byte)i)]),
            ["{key31}"] = scratch.Write("key31", new byte[31]),
            ["{file}"] = scratch.Write("file", "a file"),
            ["{folder}"] = scratch.At("folder"),
            ["{new}"] = scratch.At("new"),
        };
    }

    private static string[] Fill(string command, Dictionary<string, string> names) =>
        [.. command.Split(' ').Select(word => names.Aggregate(word, (text, name) => text.Replace(name.Key, name.Value)))];

    private static string[] Contents(Scratch scratch) => [.. scratch.Entries.Select(entry => File.Exists(scratch.At(entry)) ? $"{entry}: {new FileInfo(scratch.At(entry)).Length}" : entry)];
}
