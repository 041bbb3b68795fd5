using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Tree;

/// <summary>Secrets stay out of the repository: what usually holds them is ignored, and no tracked file has a private key in it.</summary>
[TestClass]
public sealed partial class TrackedSecretTests
{
    [TestMethod]
    [DataRow("authority/root.key.pem")]
    [DataRow("elsewhere/ledger.db-wal")]
    [DataRow("broker/broker.key")]
    [DataRow("somewhere/else/op.key")]
    [DataRow("certs/root.key.pem")]
    [DataRow("certs/backup.p12")]
    [DataRow("bundle.pfx")]
    [DataRow("device.identity")]
    [DataRow("identity-filled-7.pe")]
    [DataRow("firmware/Makapix.Device.Identity/development.identity")]
    [DataRow("firmware/Makapix.Device.Identity/DevelopmentIdentity.local.cs")]
    [DataRow(".tools/bin/esptool")]
    [DataRow("scratch/chip/efuse.bin")]
    public async Task What_holds_secrets_is_ignored(string path) => (await GitAsync("check-ignore", "--no-index", path)).Succeeded();

    [TestMethod]
    public async Task No_tracked_file_has_a_private_key_in_it()
    {
        var tracked = (await GitAsync("ls-files", "-z")).Succeeded().Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Assert.IsGreaterThan(100, tracked.Length);
        var leaks = tracked.Select(file => Path.Combine(Repository.Root, file)).Where(file => File.Exists(file) && PemKey().IsMatch(File.ReadAllText(file, Encoding.Latin1))).ToArray();
        Assert.IsEmpty(leaks, string.Join('\n', leaks));
    }

    // The checkout may belong to another user than the one who tests.
    private static Task<CliRun> GitAsync(params string[] arguments) => Tool.RunAsync("git", ["-c", $"safe.directory={Repository.Root}", "-C", Repository.Root, .. arguments]);

    // The header of a key and what begins like one: tests name the header alone.
    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s""+\\n]*(Proc-Type|[A-Za-z0-9+/]{16})")]
    private static partial Regex PemKey();
}
