using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary><c>makapix ca …</c> as a shell runs it: exit codes, what goes to which stream, what is on the disk afterwards.</summary>
[TestClass]
public sealed class CaCommandTests
{
    private const string Passphrase = "correct horse battery";
    private static readonly string Folder = Directory.CreateTempSubdirectory("makapix-ca-").FullName;

    [ClassInitialize]
    public static async Task Begin(TestContext _)
    {
        var (exitCode, output, error) = await RunAsync(Passphrase, "init", "--dir", At("ca"), "--name", "Acme", "--passphrase-fd", "0");
        Assert.AreEqual(0, exitCode, error);
        Assert.Contains("CN=Acme Root CA G1, O=Acme", output);
        Assert.Contains("SHA-256 ", output);
    }

    [ClassCleanup]
    public static void End() => Directory.Delete(Folder, recursive: true);

    [TestMethod]
    public async Task From_issuing_to_the_revocation_list()
    {
        var issued = await RunAsync(Passphrase, "issue-operator", "--dir", At("ca"), "--name", "alice", "--out", At("op"), "--passphrase-fd", "0");
        Assert.AreEqual(0, issued.ExitCode, issued.Error);
        CollectionAssert.AreEqual(new[] { At("op", "op.crt"), At("op", "op.key"), At("op", "ca.crt") }, issued.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        var revoked = await RunAsync(Passphrase, "revoke", "--dir", At("ca"), "--cn", "op_alice", "--reason", "keyCompromise", "--passphrase-fd", "0");
        Assert.AreEqual(0, revoked.ExitCode, revoked.Error);
        Assert.Contains(" op_alice", revoked.Output);

        var published = await RunAsync(Passphrase, "crl", "--dir", At("ca"), "--out", At("crl.pem"), "--passphrase-fd", "0");
        Assert.AreEqual(0, published.ExitCode, published.Error);
        Assert.AreEqual(3, File.ReadAllText(At("crl.pem")).Split("BEGIN X509 CRL").Length - 1);

        var shown = await RunAsync("", "show", "--dir", At("ca"));
        var line = shown.Output.Split('\n').Single(l => l.EndsWith(" op_alice", StringComparison.Ordinal));
        Assert.Contains(" operator ", line);
        Assert.Contains(" revoked ", line);
    }

    [TestMethod]
    public async Task Processes_in_parallel_record_every_certificate()
    {
        var names = Enumerable.Range(0, 3).Select(i => $"parallel{i}").ToList();
        var runs = await Task.WhenAll(names.Select(name => RunAsync(Passphrase, "issue-service", "--dir", At("ca"), "--name", name, "--out", At(name), "--passphrase-fd", "0")));
        Assert.IsTrue(runs.All(run => run.ExitCode == 0), string.Concat(runs.Select(run => run.Error)));
        var shown = await RunAsync("", "show", "--dir", At("ca"));
        Assert.IsTrue(names.All(name => shown.Output.Contains($" svc_{name}\n", StringComparison.Ordinal)), shown.Output);
    }

    [TestMethod]
    [DataRow(1, "MKX-CA-001", "init", "--dir", "{ca}", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "init", "--dir", "", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "init")]
    [DataRow(1, "MKX-CLI-010", "init", "--dir", "{new}", "--passphrase-fd", "77")]
    [DataRow(1, "MKX-CA-010", "issue-broker", "--dir", "{ca}", "--host", "*.example", "--out", "{new}", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "issue-broker", "--dir", "{ca}", "--host", "a.example", "--ip", "1", "--out", "{new}", "--passphrase-fd", "0")]
    [DataRow(1, "MKX-CA-011", "issue-operator", "--dir", "{ca}", "--name", "op_x", "--out", "{new}", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "revoke", "--dir", "{ca}", "--reason", "superseded", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "revoke", "--dir", "{ca}", "--cn", "a", "--serial", "b", "--reason", "superseded", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "revoke", "--dir", "{ca}", "--cn", "a", "--reason", "certificateHold", "--passphrase-fd", "0")]
    [DataRow(1, "MKX-CA-030", "revoke", "--dir", "{ca}", "--cn", "op_nobody", "--reason", "superseded", "--passphrase-fd", "0")]
    [DataRow(1, "MKX-CLI-004", "crl", "--dir", "{ca}", "--out", "{new}/there/crl.pem", "--passphrase-fd", "0")]
    [DataRow(1, "MKX-CA-004", "show", "--dir", "{new}")]
    [DataRow(2, "MKX-CLI-001", "show", "--dir", "{ca}", "--passphrase", "secret")]
    public async Task Bad_input_is_one_line_and_leaves_nothing(int expected, string code, params string[] arguments)
    {
        var fresh = At(Guid.NewGuid().ToString("N"));
        var (exitCode, output, error) = await RunAsync(Passphrase, [.. arguments.Select(a => a.Replace("{ca}", At("ca")).Replace("{new}", fresh))]);
        Assert.AreEqual(expected, exitCode, error);
        Assert.StartsWith(code + ": ", error);
        Assert.AreEqual(1, error.TrimEnd().Split('\n').Length, error);
        Assert.AreEqual("", output);
        Assert.IsFalse(Path.Exists(fresh));
    }

    [TestMethod]
    public async Task A_wrong_passphrase_is_refused_and_not_repeated()
    {
        var (exitCode, output, error) = await RunAsync("wrong horse battery", "crl", "--dir", At("ca"), "--out", At("never.pem"), "--passphrase-fd", "0");
        Assert.AreEqual(1, exitCode);
        Assert.StartsWith("MKX-CA-005: ", error);
        Assert.DoesNotContain("wrong horse", output + error);
        Assert.IsFalse(File.Exists(At("never.pem")));
    }

    private static string At(params string[] names) => Path.Combine([Folder, .. names]);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string passphrase, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "makapix.dll"), "ca", .. arguments])
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
            await process.StandardInput.WriteLineAsync(passphrase);
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
