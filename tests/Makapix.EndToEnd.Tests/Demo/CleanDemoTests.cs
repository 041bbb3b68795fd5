using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Provisioning.Images;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Demo;

/// <summary>One <c>demo --json --keep</c>, alone on the machine, and what it left for a look.</summary>
[TestClass]
[DoNotParallelize]
public sealed class CleanDemoTests
{
    // Where the virtual chip's README says that the key of a fused chip is.
    private static readonly Range FlashKey = 0x68..0x88;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static Scratch _scratch = null!;
    private static CliRun _run = null!;
    private static TimeSpan _time;

    [ClassInitialize]
    public static async Task Begin(TestContext _)
    {
        _scratch = new Scratch();

        // A temporary folder is everybody's: what waits for ever to be read, leads in a circle, or is newer than now.
        var temp = _scratch.Folder("temp");
        (await Tool.RunAsync("mkfifo", Path.Combine(temp, "fifo"))).Succeeded();
        File.CreateSymbolicLink(Path.Combine(temp, "circle"), temp);
        File.WriteAllText(Path.Combine(temp, "file"), "somebody's");
        (await Tool.RunAsync("touch", "--date", "tomorrow", Path.Combine(temp, "fifo"), Path.Combine(temp, "file"))).Succeeded();

        var watch = Stopwatch.StartNew();
        _run = await Shell.RunAsync(new CliStart { Temp = temp }, "demo", "--json", "--keep", _scratch.At("kept"));
        _time = watch.Elapsed;
    }

    [ClassCleanup]
    public static void End() => _scratch.Dispose();

    [TestMethod]
    public void Every_check_holds_and_the_last_line_says_so_in_JSON()
    {
        _run.Succeeded();
        var result = DemoResult.Of(_run);
        Assert.IsTrue(result.Ok);
        Assert.IsEmpty(result.Red);
        CollectionAssert.AreEqual(DemoChecks.Names, result.Names);
        Assert.IsLessThan(Limit, _time);
    }

    [TestMethod]
    public void Every_check_has_a_line_for_people_and_what_stands_in_is_named()
    {
        foreach (var name in DemoChecks.Names)
        {
            Assert.Contains($"✓ {name} ", _run.Output);
        }

        Assert.Contains("stands in", _run.Error);
        Assert.Contains("mbedTLS", _run.Error);
    }

    [TestMethod]
    public void All_is_kept_where_it_was_asked_for_and_nothing_in_temp()
    {
        CollectionAssert.AreEquivalent(new[] { "authority", "authority-root", "broker", "bundle", "chip", "state" }, Directory.GetDirectories(_scratch.At("kept")).Select(Path.GetFileName).ToArray());
        CollectionAssert.AreEquivalent(new[] { "circle", "fifo", "file" }, Directory.GetFileSystemEntries(_scratch.At("temp")).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public async Task Espsecure_decrypts_exactly_what_was_built()
    {
        var kept = FirmwareBundle.Load(_scratch.At("kept", "bundle"));
        await AssertFlashAsync(0x1000, File.ReadAllBytes(_scratch.At("kept", "bundle", "bootloader.bin")));
        await AssertFlashAsync(0x8000, kept.PartitionTable.ToBytes());
        await AssertFlashAsync(kept.PartitionTable.Find(PartitionType.App, PartitionSubType.AppFactory)!.Offset, File.ReadAllBytes(_scratch.At("kept", "bundle", "nanoCLR.bin")));
    }

    [TestMethod]
    public async Task Espsecure_decrypts_a_deployment_of_sound_assemblies_with_a_whole_identity()
    {
        var place = FirmwareBundle.Load(_scratch.At("kept", "bundle")).PartitionTable.Find(PartitionType.Data, PartitionSubType.DataNanoDeployment)!;

        // Walk checks both CRCs of each assembly.
        var assembly = DeploymentImage.Walk(await DecryptAsync(place.Offset, 0x8000)).Single();
        Assert.AreEqual(IdentityTemplate.AssemblyName, assembly.Pe.Name);

        using var identity = IdentityBlob.Decode(IdentityTemplate.Read(assembly.Bytes.Span));
        Assert.AreEqual($"makapix/player/{identity.DeviceId}", identity.TopicPrefix);
        Assert.IsTrue(File.Exists(_scratch.At("kept", "state", $"{identity.DeviceId}.device.json")));
    }

    [TestMethod]
    public async Task A_folder_with_something_in_it_is_refused_and_stays_as_it_is()
    {
        var folder = _scratch.Folder("mine");
        File.WriteAllText(Path.Combine(folder, "thesis.txt"), "all of it");
        (await Shell.RunAsync("demo", "--keep", folder)).Refused(1, "MKX-CLI-020");
        CollectionAssert.AreEqual(new[] { Path.Combine(folder, "thesis.txt") }, Directory.GetFileSystemEntries(folder));
    }

    private static async Task AssertFlashAsync(uint address, byte[] expected) => CollectionAssert.AreEqual(expected, await DecryptAsync(address, expected.Length));

    private static async Task<byte[]> DecryptAsync(uint address, int length)
    {
        using var files = new Scratch();
        var padded = (length + 31) / 32 * 32;
        var flash = File.ReadAllBytes(_scratch.At("kept", "chip", "flash.bin")).AsSpan((int)address, padded).ToArray();
        var key = files.Write("key", File.ReadAllBytes(_scratch.At("kept", "chip", "efuse.bin"))[FlashKey]);
        (await Tool.RunAsync("espsecure", "decrypt_flash_data", "--keyfile", key, "--address", $"0x{address:x}", "--output", files.At("plain"), files.Write("cipher", flash))).Succeeded();
        return File.ReadAllBytes(files.At("plain"))[..length];
    }
}
