using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Makapix.Device.Identity;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary><c>makapix identity dev</c> as a shell runs it.</summary>
[TestClass]
public sealed class IdentityCommandTests
{
    private const string Passphrase = "correct horse battery";
    private static readonly Scratch Files = new();

    [ClassInitialize]
    public static async Task Begin(TestContext _)
    {
        foreach (var (dir, name) in new[] { ("dev", "Acme development"), ("real", "Acme") })
        {
            (await NewAuthority.MakeAsync(Files, dir, "--name", name)).Succeeded();
        }
    }

    [ClassCleanup]
    public static void End() => Files.Dispose();

    [TestMethod]
    public async Task The_firmware_takes_the_identity_and_the_source_holds_the_same_bytes()
    {
        var folder = Files.Folder("out");

        var run = (await RunAsync("identity", "dev", "--authority", Files.At("dev"), "--broker", "broker.example:8883", "--out", folder, "--passphrase-fd", "0")).Succeeded();

        var blob = File.ReadAllBytes(Files.At("out", "development.identity"));
        var identity = IdentityReader.Read(blob).Identity;
        Assert.IsNotNull(identity);
        Assert.AreEqual("broker.example", identity.BrokerHost);
        Assert.AreEqual(8883, identity.BrokerPort);
        Assert.Contains($"device {identity.DeviceId}\n", run.Output);

        var source = File.ReadAllText(Files.At("out", "DevelopmentIdentity.local.cs"));
        byte[] bytes = [.. Regex.Matches(source, "0x([0-9A-F]{2}),").Select(m => byte.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        CollectionAssert.AreEqual(blob, bytes);
        Assert.Contains("static partial void Develop(ref byte[] blob) => blob = new byte[]", source);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(folder))
            {
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file), file);
            }
        }
    }

    [TestMethod]
    [DataRow("MKX-CLI-051", "real", "made", DisplayName = "an authority whose devices are in the field")]
    [DataRow("MKX-CLI-052", "dev", "not-there", DisplayName = "a folder that is not there")]
    public async Task Refused_in_one_line_and_nothing_is_issued(string code, string authority, string folder)
    {
        var made = Files.Folder("made");

        (await RunAsync("identity", "dev", "--authority", Files.At(authority), "--broker", "broker.example:8883", "--out", Files.At(folder), "--passphrase-fd", "0"))
            .Refused(1, code);

        Assert.IsEmpty(Directory.GetFiles(made));
        Assert.DoesNotContain(" device ", (await RunAsync("ca", "show", "--dir", Files.At("real"))).Succeeded().Output);
    }

    private static Task<CliRun> RunAsync(params string[] arguments) => Shell.RunAsync(new CliStart { Input = Passphrase }, arguments);
}
