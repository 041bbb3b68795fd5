using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary>What a command that was killed has left undone is told by whichever command opens the authority next.</summary>
[TestClass]
public sealed class RecoveryMessageTests
{
    private static readonly Scratch Files = new();

    [ClassInitialize]
    public static async Task Begin(TestContext _) => (await NewAuthority.MakeAsync(Files, "ca", "--name", "Acme development")).Succeeded();

    [ClassCleanup]
    public static void End() => Files.Dispose();

    public static IEnumerable<object[]> Commands =>
    [
        [new[] { "ca", "crl", "--dir", Files.At("ca"), "--out", Files.At("crl.pem") }],
        [new[] { "ledger", "head", "--dir", Files.At("ca"), "--out", Files.At("head.pem") }],
        [new[] { "identity", "dev", "--authority", Files.At("ca"), "--broker", "broker.example:8883", "--out", Files.Root }],
        [new[] { "device", "provision", "--port", "socket://127.0.0.1:1", "--authority", Files.At("ca"), "--broker", "broker.example:8883", "--state", Files.At("state") }],
    ];

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public async Task Whichever_command_is_next_tells_it(string[] command)
    {
        // As a rotation leaves it that was killed at its first write.
        Files.Write(Path.Combine("ca", "devices-issuing-g2.new"), "");
        string[] bundle = command[0] == "device" ? ["--bundle", await Workbench.BundleAsync()] : [];
        var run = await Shell.RunAsync(Workbench.WithPassphrase, [.. command, .. bundle, "--passphrase-fd", "0"]);
        Assert.Contains("devices-issuing-g2 was begun by a command that was interrupted", run.Error, run.ToString());
        Assert.IsFalse(File.Exists(Files.At("ca", "devices-issuing-g2.new")));
    }
}
