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

    [TestMethod]
    public async Task Whichever_command_is_next_tells_it()
    {
        string[][] commands =
        [
            ["ca", "crl", "--dir", Files.At("ca"), "--out", Files.At("crl.pem")],
            ["ledger", "head", "--dir", Files.At("ca"), "--out", Files.At("head.pem")],
            ["identity", "dev", "--authority", Files.At("ca"), "--broker", "broker.example:8883", "--out", Files.Root],
            ["device", "provision", "--port", "socket://127.0.0.1:1", "--bundle", await Workbench.BundleAsync(), "--authority", Files.At("ca"), "--broker", "broker.example:8883", "--operator", await Workbench.OperatorAsync(), "--state", Files.At("state")],
        ];
        foreach (var command in commands)
        {
            // As a rotation leaves it that was killed at its first write.
            Files.Write(Path.Combine("ca", "devices-issuing-g2.new"), "");
            var run = await Shell.RunAsync(Workbench.WithPassphrase, [.. command, "--passphrase-fd", "0"]);
            Assert.Contains("devices-issuing-g2 was begun by a command that was interrupted", run.Error, run.ToString());
            Assert.IsFalse(File.Exists(Files.At("ca", "devices-issuing-g2.new")));
        }
    }
}
