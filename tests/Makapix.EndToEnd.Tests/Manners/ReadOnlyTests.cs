using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Manners;

/// <summary>Folders that may be read and not written to: said in one line, before anything is done that could not be finished.</summary>
[TestClass]
[SupportedOSPlatform("linux")]
public sealed class ReadOnlyTests
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserExecute;
    private const UnixFileMode Writable = Readable | UnixFileMode.UserWrite;
    private static readonly Scratch Made = new();

    [ClassInitialize]
    public static async Task Begin(TestContext _) => (await NewAuthority.MakeAsync(Made, "ca")).Succeeded();

    [ClassCleanup]
    public static void End() => Made.Dispose();

    // {ro}: an empty folder that is read-only. {ca}, {root}: an authority's; {ro-ca}, {ro-root}: the same, read-only with every file in them.
    [TestMethod]
    [DataRow("MKX-CLI-003", "ca init --dir {ro}/ca --root {new} --yes")]
    [DataRow("MKX-CLI-003", "ca init --dir {new} --root {ro}/root --yes")]
    [DataRow("MKX-CLI-003", "ca issue-broker --dir {ca} --host b.example --out {ro}/new")]
    [DataRow("MKX-LEDGER-008", "ca issue-broker --dir {ro-ca} --host b.example --out {new}")]
    [DataRow("MKX-LEDGER-008", "ca issue-operator --dir {ro-ca} --name alice --out {new}")]
    [DataRow("MKX-LEDGER-008", "ca crl --dir {ro-ca} --out {new}")]
    [DataRow("MKX-LEDGER-008", "ca revoke --dir {ro-ca} --cn audit_ledger --reason superseded")]
    [DataRow("MKX-CLI-003", "ca trust --dir {ca} --out {ro}/trust.pem")]
    [DataRow("MKX-CLI-003", "ca rotate-issuing --dir {ca} --root {ro-root} --kind devices")]
    [DataRow("MKX-CLI-003", "ca revoke-issuing --dir {ca} --root {ro-root} --ca devices-issuing-g1 --reason cACompromise")]
    [DataRow("MKX-CLI-003", "ca crl --dir {ca} --root {ro-root} --out {new}")]
    [DataRow("MKX-LEDGER-008", "ledger accept-clock --dir {ro-ca} --reason r")]
    public async Task It_is_said_and_nothing_is_left_or_lost(string code, string command)
    {
        using var scratch = new Scratch();
        var how = Fill(scratch);
        var before = await StateAsync(scratch);
        Lock(scratch);
        try
        {
            var run = await RunAsync(how, scratch, command);
            Assert.AreEqual(1, run.ExitCode, run.ToString());
            run.Failed(1, code);
        }
        finally
        {
            Unlock(scratch);
        }

        CollectionAssert.AreEqual(before, await StateAsync(scratch));
    }

    [TestMethod]
    [DataRow("issue-broker --host b.example --out {ro}", "b.example")]
    [DataRow("issue-service --name backend --out {ro}", "svc_backend")]
    public async Task A_certificate_that_could_not_be_written_is_revoked(string command, string name)
    {
        using var scratch = new Scratch();
        var how = Fill(scratch);
        Lock(scratch);
        try
        {
            (await RunAsync(how, scratch, $"ca {command} --dir {{ca}}")).Refused(1, "MKX-CLI-003");
        }
        finally
        {
            Unlock(scratch);
        }

        Assert.IsEmpty(Directory.GetFileSystemEntries(scratch.At("ro")));
        var shown = (await Shell.RunAsync("ca", "show", "--dir", scratch.At("ca"))).Succeeded().Output.Split('\n').Single(line => line.EndsWith($" {name}", StringComparison.Ordinal));
        Assert.Contains(" revoked ", shown);
        Assert.StartsWith("whole", (await Shell.RunAsync("ca", "verify", scratch.At("ca"))).Succeeded().Output);
    }

    private static CliStart Fill(Scratch scratch)
    {
        foreach (var name in (string[])["ca", "ro-ca"])
        {
            scratch.Copy(Made.At("ca"), name);
        }

        scratch.Copy(Made.At("ca-root"), "ro-root");
        scratch.Folder("ro");
        return NewAuthority.Secrets(scratch) with { BoundByModes = true };
    }

    private static Task<CliRun> RunAsync(CliStart how, Scratch scratch, string command)
    {
        string[] names = ["{ro-ca}", "{ro-root}", "{ca}", "{root}", "{ro}", "{new}"];
        var words = command.Split(' ').Select(word => names.Aggregate(word, (text, name) => text.Replace(name, scratch.At(name.Trim('{', '}')))));
        string[] secrets = command.StartsWith("ledger", StringComparison.Ordinal) ? [] : command.Contains("--root", StringComparison.Ordinal) ? ["--passphrase-fd", "3", "--root-passphrase-fd", "4"] : ["--passphrase-fd", "3"];
        return Shell.RunAsync(how, [.. words, .. secrets]);
    }

    // Numbers of lists may be taken in vain; files, certificates and revocations may not change.
    private static async Task<string[]> StateAsync(Scratch scratch)
    {
        var shown = await Shell.RunAsync("ca", "show", "--dir", scratch.At("ca"));
        string[] files = [.. scratch.Entries.Where(entry => !entry.Contains("ledger.db", StringComparison.Ordinal) && !entry.EndsWith("pending", StringComparison.Ordinal))];
        return [.. files, shown.Succeeded().Output];
    }

    private static void Lock(Scratch scratch)
    {
        foreach (var folder in (string[])["ro", "ro-ca", "ro-root"])
        {
            foreach (var file in Directory.GetFiles(scratch.At(folder)))
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead);
            }

            File.SetUnixFileMode(scratch.At(folder), Readable);
        }
    }

    private static void Unlock(Scratch scratch)
    {
        foreach (var folder in (string[])["ro", "ro-ca", "ro-root"])
        {
            File.SetUnixFileMode(scratch.At(folder), Writable);
        }
    }
}
