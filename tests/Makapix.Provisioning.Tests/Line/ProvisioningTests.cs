using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>A fresh virtual chip becomes a device by the real esptool and espefuse; what is then in the chip is held against what was asked.</summary>
[TestClass]
public sealed class ProvisioningTests
{
    [TestMethod]
    public async Task A_fresh_chip_becomes_a_device_with_its_own_identity_in_encrypted_flash()
    {
        await using var bench = new LineBench();
        var device = await bench.ProvisionAsync();
        System.IO.File.WriteAllText("/tmp/line/dev.json", device.ToJson());

        var key = bench.KeyInChip;
        using var espsecure = new Espsecure();
        var plan = bench.Progress.Plan!;
        foreach (var area in plan.Images)
        {
            var raw = bench.Flash(area.Address, area.Length);
            if (area.Content == PlannedContent.Erased)
            {
                Assert.IsFalse(raw.AsSpan().ContainsAnyExcept((byte)0xFF), $"{area.Name} is not erased");
                continue;
            }

            var plain = espsecure.Decrypt(key, raw, area.Address, 0xF);
            if (area.Name == "deploy")
            {
                CheckIdentity(plain, device);
            }
            else
            {
                CollectionAssert.AreEqual(Expected(area), plain, area.Name);
            }
        }

        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(key)), bench.Journal[^1].KeyHash);
        CollectionAssert.IsSubsetOf(new[] { "nvs", "phy_init", "nvs_keys", "config" }, plan.Images.Where(i => i.Content == PlannedContent.Erased).Select(i => i.Name).ToArray());
    }

    [TestMethod]
    public async Task The_steps_run_in_the_order_of_the_design_with_one_tool_call_each()
    {
        await using var bench = new LineBench();
        var device = await bench.ProvisionAsync();
        string[] steps = [StepNames.Inspect, StepNames.Plan, StepNames.Identity, StepNames.Images, StepNames.Encrypt, StepNames.Write, StepNames.Burn, StepNames.Verify, StepNames.Record];
        CollectionAssert.AreEqual(steps, bench.Progress.Steps);
        CollectionAssert.AreEqual(steps[..^1], device.Steps.Select(s => s.Name).ToArray());
        CollectionAssert.AreEqual(
            new[] { "esptool version", "esptool flash_id", "espefuse summary", "esptool write_flash", "espefuse burn_key", "espefuse summary" },
            bench.Runner.Calls.Select(Command).ToArray());
    }

    [TestMethod]
    [DataRow(ProvisioningPolicy.Release, 127u, 1u, 0u)]
    [DataRow(ProvisioningPolicy.Sealed, 127u, 1u, 1u)]
    [DataRow(ProvisioningPolicy.Lab, 1u, 0u, 0u)]
    public async Task Each_policy_burns_what_it_says(ProvisioningPolicy policy, uint count, uint locks, uint sealing)
    {
        await using var bench = new LineBench();
        var device = await bench.ProvisionAsync(policy);
        Assert.AreEqual(policy, device.Policy);
        StringAssert.Contains(device.ToJson(), $"\"policy\":\"{policy.ToString().ToLowerInvariant()}\"");
        Assert.AreEqual(count, bench.Chip.Efuses.Read("FLASH_CRYPT_CNT"));
        Assert.AreEqual(0xFu, bench.Chip.Efuses.Read("FLASH_CRYPT_CONFIG"));
        foreach (var name in new[] { "DISABLE_DL_ENCRYPT", "DISABLE_DL_DECRYPT", "DISABLE_DL_CACHE", "JTAG_DISABLE", "CONSOLE_DEBUG_DISABLE" })
        {
            Assert.AreEqual(locks, bench.Chip.Efuses.Read(name), name);
        }

        Assert.AreEqual(sealing, bench.Chip.Efuses.Read("UART_DOWNLOAD_DIS"));
        Assert.AreEqual(0x80u | (locks << 3), bench.Chip.Efuses.Read("WR_DIS"));
        Assert.AreEqual(1u, bench.Chip.Efuses.Read("RD_DIS"));
    }

    [TestMethod]
    public async Task The_plan_is_in_the_journal_before_anything_is_written()
    {
        await using var bench = new LineBench();
        bench.Runner.Before = call =>
        {
            if (Command(call) == "esptool write_flash")
            {
                var journal = LineJournal.Peek(Directory.GetFiles(bench.State, "*.jsonl").Single());
                var planned = journal.Single(e => e is { Step: StepNames.Plan, Event: JournalEvent.Done });
                Assert.AreEqual(planned.PlanHash, planned.Plan!.Hash());
                Assert.HasCount(9, planned.Plan.Efuses);
                throw new IOException("enough seen");
            }
        };
        await Assert.ThrowsExactlyAsync<IOException>(() => bench.ProvisionAsync());
        Assert.AreEqual(0u, bench.Chip.Efuses.Read("WR_DIS"));
    }

    [TestMethod]
    public async Task No_secret_is_on_the_disk_in_arguments_or_in_the_journal()
    {
        await using var bench = new LineBench();
        var key = Array.Empty<byte>();
        bench.Runner.Before = call =>
        {
            if (!call.Secret.IsEmpty)
            {
                key = call.Secret.ToArray();
            }

            // While esptool writes, the images are on the disk: only as ciphertext.
            if (Command(call) == "esptool write_flash")
            {
                var files = Directory.GetFiles(bench.State, "*.bin", SearchOption.AllDirectories);
                Assert.HasCount(bench.Progress.Plan!.Images.Count, files);
                RequireNoSecret(bench, [.. LineSecrets, IdentityMagic]);
            }
        };
        var device = await bench.ProvisionAsync();
        Assert.HasCount(32, key);
        using var blob = IdentityBlob.Decode(Identity(Decrypt(bench, key)));
        byte[][] secrets = [key, [.. key.Reverse()], blob.PrivateKey[7..39].ToArray(), blob.RenewalKey.ToArray(), blob.StorageKey.ToArray(), .. LineSecrets];
        RequireNoSecret(bench, secrets);
        Assert.IsEmpty(Directory.GetDirectories(bench.State), "the ciphertext is removed");
        var arguments = string.Join(' ', bench.Runner.Calls.SelectMany(c => c.Arguments)) + device.ToJson();
        Assert.IsFalse(secrets.Any(s => Encoding.UTF8.GetBytes(arguments).AsSpan().IndexOf(s) >= 0 || arguments.Contains(Convert.ToHexString(s), StringComparison.OrdinalIgnoreCase)));
    }

    [TestMethod]
    public async Task A_device_is_not_provisioned_twice()
    {
        await using var bench = new LineBench();
        var device = await bench.ProvisionAsync();
        var again = await Assert.ThrowsExactlyAsync<LineException>(() => bench.ProvisionAsync());
        Assert.AreEqual("MKX-LINE-104", again.Code);
        StringAssert.Contains(again.Cause, device.DeviceId.ToString());
        Assert.IsNull(LineBench.Certificate(device.Serial).RevokedAt);
    }

    [TestMethod]
    public async Task A_device_id_in_use_is_refused_before_anything_is_written()
    {
        await using var first = new LineBench();
        await using var second = new LineBench();
        var id = Guid.NewGuid();
        await first.ProvisionAsync(first.Request() with { DeviceId = id });
        await Assert.ThrowsExactlyAsync<Authority.AuthorityException>(() => second.ProvisionAsync(second.Request() with { DeviceId = id }));
        Assert.DoesNotContain("esptool write_flash", second.Runner.Calls.Select(Command));
    }

    private static byte[][] LineSecrets => [Encoding.UTF8.GetBytes(LineBench.WifiPassword)];

    private static byte[] IdentityMagic => "MKPXIDENT"u8.ToArray();

    private static string Command(ToolCommand call) => $"{call.Tool} {call.Arguments.First(a => a is "version" or "flash_id" or "summary" or "write_flash" or "burn_key" or "burn_efuse")}";

    private static void RequireNoSecret(LineBench bench, byte[][] secrets)
    {
        foreach (var file in Directory.GetFiles(bench.State, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            foreach (var secret in secrets)
            {
                Assert.IsLessThan(0, bytes.AsSpan().IndexOf(secret), file);
                Assert.IsLessThan(0, Encoding.UTF8.GetString(bytes).IndexOf(Convert.ToHexString(secret), StringComparison.OrdinalIgnoreCase), file);
            }
        }
    }

    private static byte[] Decrypt(LineBench bench, byte[] key)
    {
        var deploy = bench.Progress.Plan!.Images.Single(i => i.Name == "deploy");
        var bytes = bench.Flash(deploy.Address, deploy.Length);
        using var cipher = new Esp32FlashCipher(key);
        cipher.Decrypt(bytes, deploy.Address);
        return bytes;
    }

    private static byte[] Identity(byte[] deployment) => IdentityTemplate.Read(DeploymentImage.Walk(deployment).Single(a => a.Pe.Name == "Makapix.Device.Identity").Bytes.Span);

    private static void CheckIdentity(byte[] deployment, ProvisionedDevice device)
    {
        using var blob = IdentityBlob.Decode(Identity(deployment));
        Assert.AreEqual(device.DeviceId, blob.DeviceId);
        Assert.AreEqual("broker.makapix.test", blob.BrokerHost);
        Assert.AreEqual(8883, blob.BrokerPort);
        Assert.AreEqual($"makapix/player/{device.DeviceId}", blob.TopicPrefix);
        Assert.AreEqual("makapix", blob.WifiSsid);
        Assert.AreEqual(LineBench.WifiPassword, Encoding.UTF8.GetString(blob.WifiPassword));
        Assert.IsTrue(blob.TrustAnchor.SequenceEqual(Workshop.Authority.RootDer.Span));
        Assert.AreEqual($"CN={device.DeviceId}", System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(blob.CertificateChain).Subject);
    }

    private static byte[] Expected(PlannedImage area)
    {
        var image = Workshop.OtherImages.Single(i => i.Name == area.Name);
        Assert.AreEqual(image.Address, area.Address);
        return image.Bytes;
    }
}
