using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Makapix.Device.Identity;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary><c>makapix identity dev</c> as a shell runs it.</summary>
[TestClass]
public sealed class IdentityCommandTests
{
    private const string Passphrase = "correct horse battery";
    private static readonly string Folder = Directory.CreateTempSubdirectory("makapix-identity-").FullName;

    [ClassInitialize]
    public static async Task Begin(TestContext _)
    {
        foreach (var (dir, name) in new[] { ("dev", "Acme development"), ("real", "Acme") })
        {
            var (exitCode, _, error) = await RunAsync("ca", "init", "--dir", At(dir), "--name", name, "--passphrase-fd", "0");
            Assert.AreEqual(0, exitCode, error);
        }
    }

    [ClassCleanup]
    public static void End() => Directory.Delete(Folder, recursive: true);

    [TestMethod]
    public async Task The_firmware_takes_the_identity_and_the_source_holds_the_same_bytes()
    {
        Directory.CreateDirectory(At("out"));

        var (exitCode, output, error) = await RunAsync(
            "identity", "dev", "--authority", At("dev"), "--broker", "broker.example:8883", "--out", At("out"), "--passphrase-fd", "0");

        Assert.AreEqual(0, exitCode, error);
        var blob = File.ReadAllBytes(At("out", "development.identity"));
        var identity = IdentityReader.Read(blob).Identity;
        Assert.IsNotNull(identity);
        Assert.AreEqual("broker.example", identity.BrokerHost);
        Assert.AreEqual(8883, identity.BrokerPort);
        Assert.Contains($"device {identity.DeviceId}\n", output);

        var source = File.ReadAllText(At("out", "DevelopmentIdentity.local.cs"));
        byte[] bytes = [.. Regex.Matches(source, "0x([0-9A-F]{2}),").Select(m => byte.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        CollectionAssert.AreEqual(blob, bytes);
        Assert.Contains("static partial void Develop(ref byte[] blob) => blob = new byte[]", source);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(At("out")))
            {
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file), file);
            }
        }
    }

    [TestMethod]
    public async Task Where_it_writes_by_itself_git_ignores_it()
    {
        using var git = Process.Start(new ProcessStartInfo(
            "git", ["-C", Repository.Root, "check-ignore", "firmware/Makapix.Device.Identity/development.identity", "firmware/Makapix.Device.Identity/DevelopmentIdentity.local.cs"])
        {
            RedirectStandardOutput = true,
        })!;

        var ignored = await git.StandardOutput.ReadToEndAsync();

        Assert.AreEqual(2, ignored.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, ignored);
    }

    [TestMethod]
    [DataRow("MKX-CLI-051", "real", "made", DisplayName = "an authority whose devices are in the field")]
    [DataRow("MKX-CLI-052", "dev", "not-there", DisplayName = "a folder that is not there")]
    public async Task Refused_in_one_line_and_nothing_is_issued(string code, string authority, string folder)
    {
        Directory.CreateDirectory(At("made"));

        var (exitCode, output, error) = await RunAsync(
            "identity", "dev", "--authority", At(authority), "--broker", "broker.example:8883", "--out", At(folder), "--passphrase-fd", "0");

        Assert.AreEqual(1, exitCode, error);
        Assert.StartsWith(code + ": ", error);
        Assert.AreEqual("", output);
        Assert.IsEmpty(Directory.GetFiles(At("made")));
        var (_, issued, _) = await RunAsync("ca", "show", "--dir", At("real"));
        Assert.DoesNotContain(" device ", issued);
    }

    private static string At(params string[] names) => Path.Combine([Folder, .. names]);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "makapix.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(Passphrase);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A command that failed before it asked has closed its end.
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
