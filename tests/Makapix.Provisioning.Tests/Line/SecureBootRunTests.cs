using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Images.Signing;
using Makapix.VirtualEsp32.Boot;
using Makapix.VirtualEsp32.Power;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>Boards that start signed firmware only: provisioned by the real tools, and started by a virtual chip that checks the signatures for real.</summary>
[TestClass]
public sealed class SecureBootRunTests
{
    private const int SignatureSector = 4096;

    [TestMethod]
    public async Task Signed_bundle_becomes_a_device_whose_chip_trusts_that_key_alone()
    {
        await using var bench = new LineBench();
        var request = await RequestAsync(bench) with { Policy = ProvisioningPolicy.Sealed };
        await bench.ProvisionAsync(request);
        Trusts(bench, request.Bundle, closed: 0x189, counter: 127);
        CollectionAssert.IsSubsetOf(new[] { "BLOCK2", "ABS_DONE_1" }, bench.Progress.Plan!.Efuses.Where(row => !row.Reversible).Select(row => row.Name).ToArray());
        Boots(bench, null);
    }

    // Whoever has the flash key of a device, as this test has, can write what the chip decrypts; the signature is what stops that.
    [TestMethod]
    public async Task Firmware_that_this_key_did_not_sign_does_not_start_even_encrypted_with_the_key_of_the_chip()
    {
        await using var bench = new LineBench();
        byte[] key = [];
        bench.Runner.Before = call => key = key.Length == 0 && !call.Secret.IsEmpty ? call.Secret.ToArray() : key;
        var request = await RequestAsync(bench) with { Policy = ProvisioningPolicy.Lab };
        await bench.ProvisionAsync(request);
        Trusts(bench, request.Bundle, closed: 0x181, counter: 1);
        var signed = await SigningBench.SignedAsync();
        var other = await SigningBench.SignedByOtherAsync();

        foreach (var (file, address, what) in new[] { ("bootloader.bin", 0x1000u, "the bootloader"), ("nanoCLR.bin", 0x10000u, "the application") })
        {
            byte[] Of(string folder) => File.ReadAllBytes(Path.Combine(folder, file));
            void Starts(string? code, byte[] content)
            {
                Write(bench, key, address, content);
                if (Boots(bench, code) is { } reason)
                {
                    StringAssert.Contains(reason, what);
                }
            }

            Starts("MKX-VCHIP-112", Of(other));
            Starts("MKX-VCHIP-110", [.. Of(signed)[..^SignatureSector], .. Enumerable.Repeat((byte)0xFF, SignatureSector)]);
            Starts("MKX-VCHIP-111", Flipped(Of(signed), SignatureSector - 900));
            Starts(null, Of(signed));
        }
    }

    // The power goes in each of its burns: BLOCK1 and BLOCK0 of the flash key, BLOCK2 of the digest, BLOCK0 that closes it and RD_DIS, BLOCK0 that turns secure boot on.
    [TestMethod]
    [DataRow(4, null, DisplayName = "while the digest is closed")]
    [DataRow(5, null, DisplayName = "while secure boot is turned on")]
    [DataRow(3, "MKX-LINE-123", DisplayName = "while the digest is burned")]
    public async Task Power_cut_in_the_burn_of_secure_boot_is_finished_or_called_scrap_and_never_a_chip_that_does_not_start(int burn, string? code)
    {
        await using var bench = new LineBench();
        var request = await RequestAsync(bench);
        await bench.PowerDownAsync();
        bench.PowerUp(new CutAt(PowerOperation.EfuseBurn, burn, seed: 7));
        await Assert.ThrowsExactlyAsync<ChipException>(() => bench.ProvisionAsync(request with { Port = ChipPort.Parse(bench.Port) }));
        await bench.PowerDownAsync();
        bench.PowerUp();
        request = request with { Port = ChipPort.Parse(bench.Port) };
        if (code is not null)
        {
            Assert.AreEqual(code, (await Assert.ThrowsExactlyAsync<LineException>(() => bench.ProvisionAsync(request))).Code);
            Assert.AreEqual("MKX-LINE-100", (await Assert.ThrowsExactlyAsync<LineException>(() => bench.ProvisionAsync(request))).Code);
            Assert.IsNotNull(LineBench.Certificate(bench.Journal.Last(entry => entry.Serial is not null).Serial!).RevokedAt);
            Assert.AreEqual(0u, bench.Chip.Efuses.Read("ABS_DONE_1"));
            return;
        }

        var others = request with { Bundle = FirmwareBundle.Load(await SigningBench.SignedByOtherAsync()) };
        var refused = await Assert.ThrowsExactlyAsync<LineException>(() => bench.ProvisionAsync(others));
        Assert.AreEqual("MKX-LINE-103", refused.Code, "what is in flash is signed by the first key");
        StringAssert.Contains(refused.NextStep, request.Bundle.SigningKeyDigest!);
        Assert.IsTrue((await bench.ProvisionAsync(request)).Resumed);
        Boots(bench, null);
    }

    private static async Task<ProvisioningRequest> RequestAsync(LineBench bench) => bench.Request() with { Bundle = FirmwareBundle.Load(await SigningBench.SignedAsync()) };

    private static void Trusts(LineBench bench, FirmwareBundle bundle, uint closed, uint counter)
    {
        var digest = new byte[32];
        bench.Chip.Efuses.ReadBlock(2, digest);
        Assert.AreEqual(bundle.SigningKeyDigest, Convert.ToHexStringLower(digest));
        Assert.AreEqual(1u, bench.Chip.Efuses.Read("ABS_DONE_1"));
        Assert.AreEqual(1u, bench.Chip.Efuses.Read("RD_DIS"), "the flash key is hidden, the digest is not");
        Assert.AreEqual(closed, bench.Chip.Efuses.Read("WR_DIS"), "the digest, and what could hide it, are closed");
        Assert.AreEqual(counter, bench.Chip.Efuses.Read("FLASH_CRYPT_CNT"));
    }

    private static byte[] Flipped(byte[] content, int fromEnd)
    {
        content[^fromEnd] ^= 1;
        return content;
    }

    private static void Write(LineBench bench, byte[] key, uint address, byte[] content)
    {
        var image = FlashImage.Pad(content);
        using var cipher = new Esp32FlashCipher(key);
        cipher.Encrypt(image, address);
        for (var at = 0u; at < image.Length; at += SignatureSector)
        {
            bench.Chip.Flash.EraseSector(address + at);
        }

        bench.Chip.Flash.Program(address, image);
    }

    /// <returns>Why it does not.</returns>
    private static string? Boots(LineBench bench, string? code)
    {
        using var boot = VirtualBoot.Run(bench.Chip);
        Assert.AreEqual(code, boot.Failure?.Code, boot.Failure?.Message);
        return boot.Failure?.Message;
    }
}
