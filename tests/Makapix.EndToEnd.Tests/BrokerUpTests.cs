using System;
using System.Diagnostics;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary><c>makapix broker up</c>, <c>reload</c> and <c>status</c>: a kit that runs, found by other processes.</summary>
[TestClass]
public sealed class BrokerUpTests
{
    [TestMethod]
    public async Task A_kit_is_up_is_found_is_reloaded_and_leaves_nothing()
    {
        using var scratch = new Scratch();
        var config = Config(scratch);
        await using (var up = Shell.Start("broker", "up", "--config", config, "--dir", scratch.At("run"), "--free-ports"))
        {
            await up.OutputAsync("ready 127.0.0.1:");
            using var status = JsonDocument.Parse((await WellAsync(scratch, "--json")).Output);
            Assert.IsTrue(status.RootElement.GetProperty("ok").GetBoolean());
            Assert.IsTrue(status.RootElement.GetProperty("brokers")[0].GetProperty("isUp").GetBoolean());
            Assert.IsGreaterThanOrEqualTo(0, status.RootElement.GetProperty("revocationLists")[0].GetProperty("daysLeft").GetInt32());

            (await InProcess.RunAsync("broker", "up", "--config", config, "--dir", scratch.At("run"), "--free-ports")).Refused(1, "MKX-BROKER-035");
            Assert.AreEqual("reloaded\n", (await RunAsync("reload", scratch)).Succeeded().Output);
            Assert.Contains("✓ broker a", (await WellAsync(scratch)).Output);

            await up.InterruptAsync();
            (await up.ExitAsync()).Failed(130, "MKX-CLI-130");
            Assert.IsEmpty(up.Survivors);
        }

        Assert.IsFalse(Path.Exists(scratch.At("run")));
        (await RunAsync("status", scratch)).Refused(1, "MKX-BROKER-036");
    }

    [TestMethod]
    public async Task A_run_whose_process_was_killed_is_told_apart_and_the_next_ends_what_is_left()
    {
        using var scratch = new Scratch();
        var config = Config(scratch);
        string[] arguments = ["broker", "up", "--config", config, "--dir", scratch.At("run"), "--free-ports"];
        await using var killed = Shell.Start(arguments);
        await killed.OutputAsync("ready 127.0.0.1:");
        using (var record = JsonDocument.Parse(File.ReadAllText(scratch.At("run", "run.json"))))
        {
            using var runner = Process.GetProcessById(record.RootElement.GetProperty("runner").GetProperty("id").GetInt32());
            runner.Kill();
        }

        await killed.ExitOfItselfAsync();
        Assert.IsNotEmpty(killed.Survivors);
        foreach (var command in (string[])["status", "reload"])
        {
            (await RunAsync(command, scratch)).Refused(1, "MKX-BROKER-037");
        }

        await using var next = Shell.Start(arguments);
        await next.OutputAsync("ready 127.0.0.1:");
        Assert.IsEmpty(killed.Survivors);
        await next.InterruptAsync();
        (await next.ExitAsync()).Failed(130, "MKX-CLI-130");
        Assert.IsFalse(Path.Exists(scratch.At("run")));
    }

    [TestMethod]
    public async Task A_record_that_is_none_is_said()
    {
        using var scratch = new Scratch();
        scratch.Folder("run");
        scratch.Write(Path.Combine("run", "run.json"), "{}");
        (await RunAsync("status", scratch)).Refused(1, "MKX-BROKER-038");
    }

    /// <summary>The status of a kit that is well, which a busy machine is slow to answer for: status itself waits three seconds for each part.</summary>
    private static async Task<CliRun> WellAsync(Scratch scratch, params string[] more)
    {
        CliRun? run = null;
        await Eventually.HoldsAsync(async () => (run = await RunAsync("status", scratch, more)).ExitCode == 0, () => $"the kit is well: {run}");
        return run!.Succeeded();
    }

    private static Task<CliRun> RunAsync(string command, Scratch scratch, params string[] more) => InProcess.RunAsync(["broker", command, "--dir", scratch.At("run"), .. more]);

    private static string Config(Scratch scratch)
    {
        var pki = TestPki.Shared;
        using var leaf = pki.Broker("localhost");
        using var key = leaf.GetECDsaPrivateKey()!;
        using var revoked = pki.Device(Guid.NewGuid());
        scratch.Folder("certs");
        scratch.Write(Path.Combine("certs", "broker.crt"), $"{leaf.ExportCertificatePem()}\n{pki.Services.ExportCertificatePem()}\n");
        scratch.Write(Path.Combine("certs", "broker.key"), key.ExportPkcs8PrivateKeyPem());
        scratch.Write(Path.Combine("certs", "ca.crt"), $"{pki.Root.ExportCertificatePem()}\n{pki.Devices.ExportCertificatePem()}\n{pki.Services.ExportCertificatePem()}\n");
        scratch.Write(Path.Combine("certs", "crl.pem"), pki.Crl(revoked));
        return scratch.Write("broker.json", """{"hosts":["localhost"],"fleetSize":10,"credentials":"certs","management":["192.0.2.0/24"],"roles":{"services":["svc_backend"]}}""");
    }
}
