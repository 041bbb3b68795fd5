using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary><c>makapix ca …</c> as a shell runs it: exit codes, what goes to which stream, what is on the disk afterwards.</summary>
[TestClass]
public sealed class CaCommandTests
{
    private const string Passphrase = "correct horse battery";
    private static readonly Scratch Folder = new();

    [ClassInitialize]
    public static async Task Begin(TestContext _)
    {
        var init = (await NewAuthority.MakeAsync(Folder, "ca", "--name", "Acme")).Succeeded();
        Assert.Contains("CN=Acme Root CA G1, O=Acme", init.Output);
        Assert.Contains("SHA-256 ", init.Output);
        Folder.Write("no.csr", "none");
    }

    [ClassCleanup]
    public static void End() => Folder.Dispose();

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
    public async Task What_was_issued_is_asked_for_by_kind_state_and_end()
    {
        async Task<string> NamesAsync(params string[] filter)
        {
            var shown = (await Shell.RunAsync(["ca", "show", "--dir", At("ca"), "--json", .. filter])).Succeeded();
            using var certificates = JsonDocument.Parse(shown.Output);
            return string.Join(' ', certificates.RootElement.EnumerateArray().Select(one => one.GetProperty("commonName").GetString()));
        }

        Assert.AreEqual("audit_ledger", await NamesAsync("--kind", "audit-signer", "--state", "valid"));
        Assert.AreEqual("Acme Root CA G1", await NamesAsync("--kind", "root", "--expiring", "10958"));
        Assert.AreEqual("", await NamesAsync("--kind", "root", "--expiring", "10000"));
        Assert.AreEqual("", await NamesAsync("--state", "expired"));
        Assert.AreEqual("Acme Devices CA G1", (await Shell.RunAsync("ca", "show", "--dir", At("ca"), "--kind", "devices-issuing")).Succeeded().Output.TrimEnd()[^18..]);
    }

    [TestMethod]
    public async Task Who_wrote_the_description_puts_no_line_into_the_plan()
    {
        using var scratch = new Scratch();
        scratch.Write("ceremony.json", """{"organization":"Acme","witnesses":["Alice\nroot               Acme Root CA G1, 900 years\u001b[8m"]}""");
        var init = (await NewAuthority.MakeAsync(scratch, "ca", "--ceremony", scratch.At("ceremony.json"))).Succeeded();
        Assert.HasCount(1, init.Error.Split('\n').Where(line => line.StartsWith("root ", StringComparison.Ordinal)));
        Assert.DoesNotContain("\u001b", init.Error);
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
    [DataRow(1, "MKX-CA-001", "init", "--dir", "{ca}", "--root", "{new}", "--yes")]
    [DataRow(1, "MKX-CA-070", "init", "--dir", "{new}", "--root", "{new}/root", "--yes")]
    [DataRow(2, "MKX-CLI-001", "init", "--dir", "", "--root", "{new}")]
    [DataRow(2, "MKX-CLI-001", "init")]
    [DataRow(1, "MKX-CA-050", "sign", "--dir", "{ca}", "--csr", "{csr}", "--profile", "operator", "--cn", "op_x", "--out", "{new}", "--passphrase-fd", "0")]
    [DataRow(1, "MKX-CA-054", "sign", "--dir", "{ca}", "--csr", "{csr}", "--profile", "operator", "--cn", "svc_x", "--out", "{new}", "--passphrase-fd", "0")]
    [DataRow(1, "MKX-CA-040", "sign", "--dir", "{ca}", "--csr", "{csr}", "--profile", "operator", "--cn", "op_x", "--out", "{csr}", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "sign", "--dir", "{ca}", "--csr", "{csr}", "--profile", "root", "--cn", "op_x", "--out", "{new}", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "sign", "--dir", "{ca}", "--csr", "{csr}", "--profile", "device", "--cn", "op_x", "--out", "{new}", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "crl", "--dir", "{ca}", "--out", "{new}", "--pid", "1", "--pid-file", "p", "--passphrase-fd", "0")]
    [DataRow(1, "MKX-CLI-004", "sign", "--dir", "{ca}", "--csr", "{csr}", "--profile", "operator", "--cn", "op_x", "--out", "{new}/op.crt", "--passphrase-fd", "0")]
    [DataRow(1, "MKX-CA-004", "verify", "{new}")]
    [DataRow(1, "MKX-CA-010", "issue-broker", "--dir", "{ca}", "--host", "*.example", "--out", "{new}", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "issue-broker", "--dir", "{ca}", "--host", "a.example", "--ip", "1", "--out", "{new}", "--passphrase-fd", "0")]
    [DataRow(1, "MKX-CA-011", "issue-operator", "--dir", "{ca}", "--name", "op_x", "--out", "{new}", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "revoke", "--dir", "{ca}", "--reason", "superseded", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "revoke", "--dir", "{ca}", "--cn", "a", "--serial", "b", "--reason", "superseded", "--passphrase-fd", "0")]
    [DataRow(2, "MKX-CLI-001", "revoke", "--dir", "{ca}", "--cn", "a", "--reason", "certificateHold", "--passphrase-fd", "0")]
    [DataRow(1, "MKX-CA-030", "revoke", "--dir", "{ca}", "--cn", "op_nobody", "--reason", "superseded", "--passphrase-fd", "0")]
    [DataRow(1, "MKX-CLI-004", "crl", "--dir", "{ca}", "--out", "{new}/there/crl.pem", "--passphrase-fd", "0")]
    [DataRow(1, "MKX-LEDGER-001", "show", "--dir", "{new}")]
    [DataRow(2, "MKX-CLI-001", "show", "--dir", "{ca}", "--passphrase", "secret")]
    public async Task Bad_input_is_one_line_and_leaves_nothing(int expected, string code, params string[] arguments)
    {
        var fresh = At(Guid.NewGuid().ToString("N"));
        var (exitCode, output, error) = await RunAsync(Passphrase, [.. arguments.Select(a => a.Replace("{ca}", At("ca")).Replace("{new}", fresh).Replace("{csr}", At("no.csr")))]);
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

    [TestMethod]
    public async Task Every_step_of_a_ceremony_by_its_command()
    {
        using var scratch = new Scratch();
        scratch.Write("ceremony.json", """{"organization":"Acme","witnesses":["Alice","Bob"],"root":{"store":"file","key":"ec-p384"}}""");
        var secrets = NewAuthority.Secrets(scratch);
        string[] passphrases = ["--passphrase-fd", "3", "--root-passphrase-fd", "4"];
        var init = (await NewAuthority.MakeAsync(scratch, "ca", "--ceremony", scratch.At("ceremony.json"))).Succeeded();
        Assert.Contains("key ec-p384, in an encrypted file", init.Error);
        Assert.Contains("Alice, Bob", init.Error);
        Assert.AreEqual("whole", (await Shell.RunAsync("ca", "verify", scratch.At("ca"))).Succeeded().Output.Split(':')[0]);

        string[] root = ["--dir", scratch.At("ca"), "--root", scratch.At("ca-root"), .. passphrases];
        Assert.Contains("Acme Services CA G2", (await Shell.RunAsync(secrets, ["ca", "rotate-issuing", "--kind", "services", .. root])).Succeeded().Output);
        (await Shell.RunAsync(secrets, ["ca", "rotate-issuing", "--kind", "devices", .. root])).Succeeded();
        (await Shell.RunAsync(secrets, ["ca", "revoke-issuing", "--ca", "devices-issuing-g1", "--reason", "cACompromise", .. root])).Succeeded();
        (await Shell.RunAsync(secrets, ["ca", "crl", "--out", scratch.At("crl.pem"), .. root])).Succeeded();
        (await Shell.RunAsync(secrets, "ca", "trust", "--dir", scratch.At("ca"), "--out", scratch.At("trust.pem"), "--passphrase-fd", "3")).Succeeded();
        Assert.AreEqual(4, Blocks(scratch.At("crl.pem")), "the root's, and one of each issuing CA that counts");
        Assert.AreEqual(4, Blocks(scratch.At("trust.pem")));
        (await Shell.RunAsync("ca", "verify", scratch.At("ca"))).Succeeded();

        // What openssl makes of the record.
        var record = await Tool.RunAsync("openssl", "cms", "-verify", "-inform", "PEM", "-in", scratch.At("ca", "ceremony-0001.cms"), "-CAfile", scratch.At("ca", "root.crt"), "-purpose", "any");
        Assert.Contains("\"witnesses\":[\"Alice\",\"Bob\"]", record.Succeeded().Output);

        File.WriteAllText(scratch.At("ca", "devices-issuing-g2.key"), "-----BEGIN PRIVATE KEY-----");
        var verify = await Shell.RunAsync("ca", "verify", scratch.At("ca"));
        verify.Failed(1, "MKX-CA-090");
        Assert.Contains("devices-issuing-g2.key is not encrypted", verify.Output);
    }

    [TestMethod]
    [DataRow("{}", DisplayName = "without organization")]
    [DataRow("""{"organization":"Acme","organization":"Evil"}""", DisplayName = "member twice")]
    [DataRow("""{"organization":"Acme","verify":false}""", DisplayName = "unknown member")]
    [DataRow("""{"organization":"Acme","root":{"store":"file","key":"rsa-1024"}}""", DisplayName = "weak key")]
    [DataRow("""{"organization":"Acme","devicesIssuing":{"store":"file","key":"rsa-4096"}}""", DisplayName = "key that devices cannot use")]
    [DataRow("""{"organization":"Acme","root":{"store":"pkcs11"}}""", DisplayName = "token without URI")]
    [DataRow("garbage", DisplayName = "no JSON")]
    public async Task A_ceremony_that_is_none_makes_nothing(string description)
    {
        using var scratch = new Scratch();
        scratch.Write("ceremony.json", description);
        (await NewAuthority.MakeAsync(scratch, "ca", "--ceremony", scratch.At("ceremony.json"))).Refused(1, "MKX-CA-071");
        Assert.IsFalse(Path.Exists(scratch.At("ca")));
        Assert.IsFalse(Path.Exists(scratch.At("ca-root")));
    }

    [TestMethod]
    [DataRow("pkcs11:token=ca;object=root?pin-value=1234")]
    [DataRow("pkcs11:token=ca;object=root?pin-source=file:/etc/pin")]
    public async Task A_PIN_in_a_ceremony_is_refused(string uri)
    {
        using var scratch = new Scratch();
        scratch.Write("ceremony.json", $$$"""{"organization":"Acme","root":{"store":"pkcs11","uri":"{{{uri}}}"}}""");
        (await NewAuthority.MakeAsync(scratch, "ca", "--ceremony", scratch.At("ceremony.json"))).Refused(1, "MKX-CA-061");
    }

    [TestMethod]
    public async Task A_passphrase_from_systemd_opens_the_authority_and_nothing_else_does()
    {
        using var scratch = new Scratch();
        scratch.Folder("credentials");
        scratch.Write(Path.Combine("credentials", "ca"), Passphrase + "\n");
        var service = new CliStart { Credentials = scratch.At("credentials") };
        string[] show = ["ca", "crl", "--dir", At("ca"), "--out", scratch.At("crl.pem"), "--passphrase-credential"];
        (await Shell.RunAsync(service, [.. show, "ca"])).Succeeded();
        (await Shell.RunAsync(service, [.. show, "missing"])).Refused(1, "MKX-CLI-017");
        (await Shell.RunAsync(service, [.. show, "../ca"])).Refused(1, "MKX-CLI-015");
        (await Shell.RunAsync(service, [.. show, "/etc/passwd"])).Refused(1, "MKX-CLI-015");
        (await Shell.RunAsync(service, [.. show, ".."])).Refused(1, "MKX-CLI-015");
        (await Shell.RunAsync([.. show, "ca"])).Refused(1, "MKX-CLI-019");
        (await Shell.RunAsync(service, [.. show, "ca", "--passphrase-fd", "0"])).Refused(2, "MKX-CLI-001");
    }

    private static string At(params string[] names) => Folder.At(names);

    private static int Blocks(string pem) => File.ReadAllText(pem).Split("-----BEGIN ").Length - 1;

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string passphrase, params string[] arguments)
    {
        var run = await Shell.RunAsync(new CliStart { Input = passphrase + "\n" }, ["ca", .. arguments]);
        return (run.ExitCode, run.Output, run.Error);
    }
}
