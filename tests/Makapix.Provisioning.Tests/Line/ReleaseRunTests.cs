using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Labels;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Heads;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Images;
using Makapix.Provisioning.Tests.Labels;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>A fresh virtual chip became a device by the real esptool and espefuse; what is then in the chip is held against what was asked.</summary>
[TestClass]
public sealed class ReleaseRunTests
{
    private static readonly Lazy<Task<ReleaseRun>> Shared = new(ReleaseRun.CreateAsync);

    [ClassCleanup]
    public static async Task CleanUp()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    [TestMethod]
    public async Task Flash_decrypted_by_espsecure_with_the_key_in_the_chip_is_what_was_built()
    {
        var run = await Shared.Value;
        var key = run.Bench.KeyInChip;
        CollectionAssert.AreEqual(run.KeyGiven, key);
        using var espsecure = new Espsecure();
        var built = Workshop.Bundle.BuildImages(run.ReadBlob());
        Assert.HasCount(4, built);
        foreach (var image in built)
        {
            var raw = run.Bench.Flash(image.Address, image.Bytes.Length);
            CollectionAssert.AreEqual(image.Bytes, espsecure.Decrypt(key, raw, image.Address, 0xF), image.Name);
        }
    }

    [TestMethod]
    public async Task Partitions_without_an_image_are_erased()
    {
        var run = await Shared.Value;
        var erased = run.Plan.Images.Where(i => i.Content == PlannedContent.Erased).ToList();
        CollectionAssert.AreEquivalent(new[] { "nvs", "phy_init", "nvs_keys", "config" }, erased.Select(i => i.Name).ToArray());
        erased.ForEach(area => Assert.IsFalse(run.Bench.Flash(area.Address, area.Length).AsSpan().ContainsAnyExcept((byte)0xFF), area.Name));
    }

    [TestMethod]
    public async Task The_identity_in_flash_is_the_one_that_was_issued()
    {
        var run = await Shared.Value;
        using var blob = IdentityBlob.Decode(run.ReadBlob());
        Assert.AreEqual(run.Device.DeviceId, blob.DeviceId);
        Assert.AreEqual("broker.makapix.test", blob.BrokerHost);
        Assert.AreEqual(8883, blob.BrokerPort);
        Assert.AreEqual($"makapix/player/{run.Device.DeviceId}", blob.TopicPrefix);
        Assert.AreEqual(LineBench.WifiPassword, Encoding.UTF8.GetString(blob.WifiPassword));
        Assert.IsTrue(blob.TrustAnchor.SequenceEqual(Workshop.Authority.RootDer.Span));
        using var leaf = X509CertificateLoader.LoadCertificate(blob.CertificateChain);
        Assert.AreEqual(run.Device.Serial, leaf.SerialNumber);
        Assert.AreEqual($"CN={run.Device.DeviceId}", leaf.Subject);
    }

    [TestMethod]
    public async Task The_steps_run_in_the_order_of_the_design_with_one_tool_call_each()
    {
        var run = await Shared.Value;
        string[] steps = [StepNames.Inspect, StepNames.Plan, StepNames.Watch, StepNames.Identity, StepNames.Images, StepNames.Encrypt, StepNames.Write, StepNames.Burn, StepNames.Verify, StepNames.Boot, StepNames.Record, StepNames.Label];
        CollectionAssert.AreEqual(steps, run.Steps.Take(steps.Length).ToArray());
        CollectionAssert.AreEqual(
            new[] { "flash_id", "summary", "write_flash", "burn_key", "summary", "run" },
            run.Calls.Take(6).Select(call => call.Word()).ToArray());
    }

    [TestMethod]
    public async Task The_plan_is_in_the_journal_before_anything_is_written()
    {
        var run = await Shared.Value;
        var planned = run.JournalAtWrite.Single(e => e is { Step: StepNames.Plan, Event: JournalEvent.Done });
        Assert.AreEqual(planned.PlanHash, planned.Plan!.Hash());
        Assert.AreEqual(run.Device.PlanHash, planned.PlanHash);
        Assert.HasCount(9, planned.Plan.Efuses);
        Assert.HasCount(8, planned.Plan.Images);
    }

    [TestMethod]
    public async Task The_device_is_in_the_ledger_as_it_left_the_line()
    {
        var (run, ledger) = (await Shared.Value, Workshop.Authority.Ledger);
        using var view = ledger.Read();
        var device = view.DeviceOfBoard(run.Bench.Mac)!;
        Assert.AreEqual((run.Device.DeviceId, run.Device.Serial, ProvisioningPolicy.Release, DeviceState.Provisioned), (device.Id, device.Certificate.Serial, device.Policy, device.State));
        Assert.AreEqual(run.Device.PlanHash, device.PlanHash);
        Assert.IsTrue(device.StandIn);
    }

    [TestMethod]
    public async Task Beside_its_record_is_a_signed_head_of_the_ledger_that_has_it()
    {
        var (run, ledger) = (await Shared.Value, Workshop.Authority.Ledger);
        using var root = X509CertificateLoader.LoadCertificate(Workshop.Authority.RootDer.Span);
        var signed = SignedHead.Verify(File.ReadAllText(Path.Combine(run.Bench.State, $"{run.Device.DeviceId}.device.head.cms")), root);
        using var view = ledger.Read();
        var recorded = view.About(run.Device.DeviceId.ToString()).Last(entry => entry.Type == "device-recorded");
        Assert.AreEqual(ledger.Id, signed.LedgerId);
        Assert.IsGreaterThanOrEqualTo(recorded.Seq, signed.Head.Seq);
        Assert.AreEqual(signed.Head, run.Device.Head, "and the record names it");
    }

    [TestMethod]
    public async Task Its_label_has_its_id_as_a_code_and_the_head_in_words()
    {
        var run = await Shared.Value;
        var picture = PngReader.Read(File.ReadAllBytes(Path.Combine(run.Bench.State, $"{run.Device.DeviceId}.label.png")), out _);
        Assert.AreEqual($"makapix:{run.Device.DeviceId}", picture.ReadCode());
        var lines = LabelReader.Lines(picture, LabelSizes.Default);
        Assert.MatchesRegex("^head [0-9a-f]{12}$", lines[^1]);
        Assert.Contains($"STAND-IN fw {run.Device.FirmwareVersion}", string.Concat(lines));
        Assert.IsTrue(File.Exists(Path.Combine(run.Bench.State, $"{run.Device.DeviceId}.label.pdf")));
    }

    [TestMethod]
    public async Task No_secret_is_ever_on_the_disk_in_arguments_or_in_the_result()
    {
        var run = await Shared.Value;
        using var blob = IdentityBlob.Decode(run.ReadBlob());
        using var key = ECDsa.Create();
        key.ImportECPrivateKey(blob.PrivateKey, out _);
        byte[][] secrets = [run.KeyGiven, [.. run.KeyGiven.Reverse()], key.ExportParameters(true).D!, blob.RenewalKey.ToArray(), blob.StorageKey.ToArray(), blob.WifiPassword.ToArray()];

        // Whole plaintext images must not touch the disk either: the magic of the identity blob would give one away.
        Assert.HasCount(8, run.FilesAtWrite);
        RequireNone(run.FilesAtWrite, [.. secrets, "MKPXIDENT"u8.ToArray(), Workshop.Bundle.BuildImages(run.ReadBlob())[0].Bytes[64..96]]);
        Assert.IsNotEmpty(run.LedgerAtWrite);
        RequireNone(run.LedgerAtWrite, secrets);
        RequireNone(ReleaseRun.ReadLedger(), secrets);
        RequireNone(Directory.GetFiles(run.Bench.State, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllBytes), secrets);
        Assert.IsEmpty(Directory.GetDirectories(run.Bench.State), "the ciphertext is removed");
        var words = string.Join(' ', run.Calls.SelectMany(c => c.Arguments)) + run.Device.ToJson();
        RequireNone(new() { ["arguments and result"] = Encoding.UTF8.GetBytes(words) }, secrets);
    }

    [TestMethod]
    public async Task Secrets_lie_where_the_collector_does_not_move_them()
    {
        // What is pinned counts as the oldest generation from its first moment on; anything else this small begins as the youngest.
        var blob = (await Shared.Value).ReadBlob();
        using var identity = IdentityBlob.Decode(blob);
        using var image = new FlashImage("deploy", 0, blob.AsSpan(0, 32));
        foreach (var secret in new[] { blob, identity.Encode(), IdentityTemplate.Fill(SampleIdentity.Template(), blob), image.Bytes })
        {
            Assert.AreEqual(GC.MaxGeneration, GC.GetGeneration(secret));
        }
    }

    [TestMethod]
    public async Task A_board_is_not_provisioned_twice()
    {
        var run = await Shared.Value;
        var again = await Assert.ThrowsExactlyAsync<LineException>(() => run.Bench.ProvisionAsync());
        Assert.AreEqual("MKX-LINE-104", again.Code);
        StringAssert.Contains(again.Cause, run.Device.DeviceId.ToString());
        using var other = DeviceLedger.Create(LedgerLocation.Sqlite(Path.Combine(run.Bench.Scratch, "other.db")));
        var stranger = await Assert.ThrowsExactlyAsync<LineException>(() => run.Bench.ProvisionAsync(run.Bench.Request(), ledger: other));
        Assert.AreEqual("MKX-LINE-105", stranger.Code);
        foreach (var name in new[] { "FLASH_CRYPT_CNT = 0x7f", "WR_DIS = 0x88", "BLOCK1 holds a key" })
        {
            StringAssert.Contains(stranger.Cause, name);
        }

        Assert.IsNull(LineBench.Certificate(run.Device.Serial).RevokedAt);
    }

    private static void RequireNone(Dictionary<string, byte[]> files, byte[][] secrets)
    {
        foreach (var (name, bytes) in files)
        {
            foreach (var secret in secrets)
            {
                Assert.IsLessThan(0, bytes.AsSpan().IndexOf(secret), name);
                Assert.IsLessThan(0, Encoding.Latin1.GetString(bytes).IndexOf(Convert.ToHexString(secret), StringComparison.OrdinalIgnoreCase), $"{name}, as hex");
                Assert.IsLessThan(0, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(secret)[..12])), $"{name}, as base64");
            }
        }
    }
}
