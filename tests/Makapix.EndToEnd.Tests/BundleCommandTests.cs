using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Provisioning.Images;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary>From the output of a build to a device that starts nothing else, as a shell runs it; the key is made by openssl.</summary>
[TestClass]
public sealed class BundleCommandTests
{
    private const string KeyPassphrase = "passphrase of the signing key";

    [TestMethod]
    public async Task A_build_is_bundled_signed_verified_and_put_on_a_device()
    {
        using var scratch = new Scratch();
        DemoBundle.Create(scratch.At("build"), secureBoot: true);
        scratch.Write(Path.Combine("build", "build.json"), """
            {
              "standIn": true, "firmwareVersion": "0.1.0", "chip": "esp32", "flashSize": 4194304,
              "nanoClrBuild": { "secureBoot": true, "flashEncryptionRelease": true, "wireProtocol": false },
              "bootloader": "bootloader.bin", "partitionTable": "partitions.csv", "partitionTableOffset": 32768, "nanoClr": "nanoCLR.bin",
              "assemblies": [], "identityTemplate": "Makapix.Device.Identity.pe"
            }
            """);
        Assert.Contains("not signed yet", (await Shell.RunAsync("bundle", "create", "--from", scratch.At("build"), "--out", scratch.At("bundle"))).Succeeded().Output);
        (await Shell.RunAsync("bundle", "verify", scratch.At("bundle"))).Refused(1, "MKX-IMAGE-100");

        var passphrase = scratch.Write("passphrase", KeyPassphrase);
        (await Tool.RunAsync("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072", "-aes256", "-pass", $"file:{passphrase}", "-out", scratch.At("key"))).Succeeded();
        var sign = await Shell.RunAsync(new CliStart { Input = KeyPassphrase }, "bundle", "sign", "--bundle", scratch.At("bundle"), "--key", scratch.At("key"), "--key-passphrase-fd", "0", "--out", scratch.At("signed"));
        sign.Succeeded();
        var verified = (await Shell.RunAsync("bundle", "verify", scratch.At("signed"))).Succeeded().Output;
        Assert.AreEqual(sign.Output, verified);
        var digest = verified.Split('\n').Single(line => line.Contains("digest")).TrimEnd('.')[^64..];

        await using var chip = await ChipOnPort.StartAsync(scratch.At("chip"));
        string[] provision = ["device", "provision", "--port", chip.Port, "--bundle", scratch.At("signed"), "--authority", await Workbench.AuthorityAsync(), "--broker", await Workbench.BrokerAsync(), "--operator", await Workbench.OperatorAsync(), "--state", scratch.At("state"), "--passphrase-fd", "0"];
        (await Shell.RunAsync(Workbench.WithPassphrase, [.. provision, "--signing-key", new string('0', 64)])).Refused(1, "MKX-IMAGE-125");
        var run = (await Shell.RunAsync(Workbench.WithPassphrase, [.. provision, "--signing-key", digest])).Succeeded();
        Assert.Contains($"starts nothing ever but what is signed by the key with the digest {digest}", run.Error);
        Assert.Contains("ABS_DONE_1", run.Error);
        Assert.Contains("first boot", run.Error);
        Assert.Contains("with firmware 0.1.0", run.Error);
    }
}
