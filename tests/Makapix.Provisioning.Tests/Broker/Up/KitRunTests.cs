using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Broker;
using Makapix.Provisioning.Broker.Kit;
using Makapix.Provisioning.Broker.Up;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Up;

/// <summary>The kit's own files, run: the real mosquitto behind the real HAProxy.</summary>
[TestClass]
public sealed class KitRunTests
{
    public required TestContext TestContext { get; init; }

    private CancellationToken Cancel => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_player_is_served_through_the_front_and_all_of_it_ends_with_the_run()
    {
        await using var bench = new RunBench();
        var run = await bench.StartAsync(cancel: Cancel);
        var id = Guid.NewGuid();
        var topic = $"makapix/player/{id:D}/status";
        await using (var service = await bench.ConnectAsync(TestPki.Shared.Client("svc_backend")))
        {
            await service.SubscribeAsync(["makapix/player/+/status"], MqttQos.AtLeastOnce, Cancel);
            await using var player = await bench.ConnectAsync(TestPki.Shared.Client($"{id:D}"));
            await player.PublishAsync(topic, "{}"u8.ToArray(), MqttQos.AtLeastOnce, cancellation: Cancel);
            Assert.AreEqual(topic, (await service.Messages.ReadAsync(Cancel)).Topic);
        }

        using var http = new HttpClient();
        Assert.Contains("haproxy_frontend_connections_total{proxy=\"players\"} 2", await http.GetStringAsync(run.Metrics, Cancel));
        Assert.HasCount(1, run.FrontWorkerIds);
        int[] all = [run.FrontProcessId, .. run.FrontWorkerIds, .. run.BrokerProcessIds];
        Assert.IsFalse(run.HasFailed);
        await run.DisposeAsync();

        // A worker of HAProxy's ends as its master goes, and is reaped by somebody else then.
        await RunBench.UntilAsync(() => Task.FromResult(!all.Any(Lives)), "the end of every process");
        Assert.IsFalse(Path.Exists(bench.Home));
        Assert.IsTrue(File.Exists(Path.Combine(bench.Bench.Certs, "broker.key")), "the credentials are their owner's");
    }

    [TestMethod]
    public async Task A_name_that_is_no_players_does_not_speak_as_a_player_of_that_name()
    {
        await using var bench = new RunBench();
        await bench.StartAsync(cancel: Cancel);
        var id = Guid.NewGuid();
        await using var service = await bench.ConnectAsync(TestPki.Shared.Client("svc_backend"));
        await service.SubscribeAsync(["makapix/player/+/status"], MqttQos.AtLeastOnce, Cancel);
        await service.PublishAsync("makapix/player/svc_backend/status", "{}"u8.ToArray(), MqttQos.AtLeastOnce, cancellation: Cancel);
        await using var player = await bench.ConnectAsync(TestPki.Shared.Client($"{id:D}"));
        await player.PublishAsync($"makapix/player/{id:D}/status", "{}"u8.ToArray(), MqttQos.AtLeastOnce, cancellation: Cancel);
        Assert.AreEqual($"makapix/player/{id:D}/status", (await service.Messages.ReadAsync(Cancel)).Topic);
    }

    [TestMethod]
    public async Task Nobody_who_says_hello_waits_for_those_who_do_not()
    {
        await using var bench = new RunBench();
        await bench.StartAsync(cancel: Cancel);
        var who = TestPki.Shared.Client("svc_backend");
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var begun = Stopwatch.StartNew();
            await using var client = await bench.ConnectAsync(who);
            fastest = begun.Elapsed < fastest ? begun.Elapsed : fastest;
        }

        Assert.IsLessThan(TimeSpan.FromSeconds(KitLimits.HelloSeconds), fastest);
    }

    [TestMethod]
    public async Task After_a_reload_a_revoked_player_stays_out_and_a_new_service_comes_in_while_sessions_go_on()
    {
        await using var bench = new RunBench();
        var run = await bench.StartAsync(cancel: Cancel);
        var id = Guid.NewGuid();
        using var leaf = TestPki.Shared.Device(id);
        var thief = ClientIdentity.FromCertificates(leaf, [X509CertificateLoader.LoadCertificate(TestPki.Shared.Devices.RawData)]);
        await using var session = await bench.ConnectAsync(TestPki.Shared.Client("svc_backend"));
        Assert.IsNull(await bench.KnockAsync(thief));
        var worker = run.FrontWorkerIds.Single();

        bench.Bench.Put("crl.pem", TestPki.Shared.Crl(leaf));
        bench.Bench.Description["limits"] = new JsonObject { ["connections"] = 150 };
        await run.ReloadAsync(bench.Bench.Describe(), DateTimeOffset.UtcNow, Cancel);
        await RunBench.UntilAsync(async () => await bench.KnockAsync(thief) is not null, "the revoked player still comes in");
        Assert.IsTrue(run.FrontWorkerIds.Any(now => now != worker), "the front goes by its old file");
        await session.PublishAsync($"makapix/player/{id:D}/command", "{}"u8.ToArray(), MqttQos.AtLeastOnce, cancellation: Cancel);
        Assert.IsFalse(session.Ended.IsCompleted);
    }

    [TestMethod]
    public async Task Reloads_one_right_after_another_all_come_about()
    {
        await using var bench = new RunBench();
        var run = await bench.StartAsync(cancel: Cancel);
        for (var i = 0; i < 8; i++)
        {
            var before = run.FrontWorkerIds;
            await run.ReloadAsync(bench.Bench.Describe(), DateTimeOffset.UtcNow, Cancel);
            Assert.IsTrue(run.FrontWorkerIds.Except(before).Any());
        }
    }

    [TestMethod]
    public async Task Reloads_at_once_come_about_one_after_the_other()
    {
        await using var bench = new RunBench();
        var run = await bench.StartAsync(cancel: Cancel);
        var description = bench.Bench.Describe();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => run.ReloadAsync(description, DateTimeOffset.UtcNow, Cancel)));
        int Reloads() => run.Log.Count(line => line.EndsWith("Reloading HAProxy", StringComparison.Ordinal));
        await RunBench.UntilAsync(() => Task.FromResult(Reloads() >= 3), "the front tells of each");
        Assert.AreEqual(3, Reloads());
    }

    [TestMethod]
    public async Task A_front_that_is_gone_is_said_and_whoever_has_its_id_is_sent_nothing()
    {
        using var other = Process.Start("sleep", ["60"]);
        var gone = await Assert.ThrowsExactlyAsync<BrokerException>(() => FrontProcess.ReloadAsync(ProcessMark.Of("front", other.Id) with { Started = 1 }, Cancel));
        Assert.AreEqual("MKX-BROKER-053", gone.Code);
        Assert.IsFalse(other.HasExited);
        other.Kill();
    }

    [TestMethod]
    public async Task A_reload_that_the_front_would_not_take_changes_nothing()
    {
        await using var bench = new RunBench();
        bench.Bench.AddWeb();
        var run = await bench.StartAsync(cancel: Cancel);
        string[] Files() => [.. Directory.GetFiles(bench.Home).Where(file => Path.GetExtension(file) != ".lock").Order().Select(file => $"{file}: {File.ReadAllText(file)}")];
        var (before, worker) = (Files(), run.FrontWorkerIds.Single());

        File.WriteAllText(Path.Combine(bench.Bench.Home, "web", "site.pem"), "torn");
        bench.Bench.Description["roles"]!["services"] = new JsonArray("svc_other");
        var refused = await Assert.ThrowsExactlyAsync<BrokerException>(() => run.ReloadAsync(bench.Bench.Describe(), DateTimeOffset.UtcNow, Cancel));
        Assert.AreEqual("MKX-BROKER-048", refused.Code);
        Assert.Contains("site.pem", refused.Message);
        CollectionAssert.AreEqual(before, Files());
        Assert.AreEqual(worker, run.FrontWorkerIds.Single());
        Assert.IsNull(await bench.KnockAsync(TestPki.Shared.Client("svc_backend")));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "the front's")]
    [DataRow(false, DisplayName = "a broker's")]
    public async Task A_port_that_somebody_has_is_named_and_nothing_stays(bool front)
    {
        await using var bench = new RunBench();
        using var somebody = new TcpListener(IPAddress.Loopback, 0);
        somebody.Start();
        var taken = ((IPEndPoint)somebody.LocalEndpoint).Port;
        var free = KitPorts.Free(1);
        var refused = await Assert.ThrowsExactlyAsync<BrokerException>(() => bench.StartAsync(front ? free with { Front = taken } : free with { Brokers = [taken] }, Cancel));
        Assert.AreEqual("MKX-BROKER-030", refused.Code);
        Assert.Contains($"{taken}", refused.Message);
        Assert.IsFalse(Path.Exists(bench.Home));
    }

    [TestMethod]
    [DataRow("026", DisplayName = "revocation lists that are over: mosquitto would refuse everybody")]
    [DataRow("023", DisplayName = "no revocation lists")]
    public async Task Credentials_that_would_lock_the_fleet_out_start_nothing(string code)
    {
        await using var bench = new RunBench();
        if (code == "023")
        {
            File.Delete(Path.Combine(bench.Bench.Certs, "crl.pem"));
        }

        var options = new KitRunOptions(bench.Home, KitPorts.Free(1));
        var refused = await Assert.ThrowsExactlyAsync<BrokerException>(() => KitRun.StartAsync(bench.Bench.Describe(), options, DateTimeOffset.UtcNow.AddDays(code == "026" ? 2 : 0), Cancel));
        Assert.AreEqual($"MKX-BROKER-{code}", refused.Code);
        Assert.IsFalse(Path.Exists(bench.Home));
    }

    [TestMethod]
    [DataRow("031", "a\"b")]
    [DataRow("031", "a\nuser root")]
    [DataRow("034", "out")]
    public async Task A_home_that_is_somebodys_or_would_break_a_line_is_refused(string code, string name)
    {
        await using var bench = new RunBench();
        bench.Bench.Write();
        var home = Path.Combine(Path.GetDirectoryName(bench.Home)!, name);
        var refused = await Assert.ThrowsExactlyAsync<BrokerException>(() => KitRun.StartAsync(bench.Bench.Describe(), new KitRunOptions(home, KitPorts.Free(1)), DateTimeOffset.UtcNow, Cancel));
        Assert.AreEqual($"MKX-BROKER-{code}", refused.Code);
        Assert.IsTrue(File.Exists(Path.Combine(bench.Home, "haproxy.cfg")));
    }

    [TestMethod]
    [DataRow("mosquitto version 2.0.11", true)]
    [DataRow("mosquitto version 2.1.2", true)]
    [DataRow("mosquitto version 2.0.9", false)]
    [DataRow("mosquitto version 1.6.10", false)]
    [DataRow("mosquitto version 3.0.0", false)]
    [DataRow("something else", false)]
    public void Knows_the_versions_that_it_is_written_for(string said, bool known) =>
        Assert.AreEqual(known, KnownVersion.Read(said) is { } version && KnownVersion.Mosquitto.Knows(version));

    [TestMethod]
    public void Reads_the_version_of_HAProxy_that_Debian_gives_it() =>
        Assert.AreEqual(new Version(2, 6, 12), KnownVersion.Read("HAProxy version 2.6.12-1+deb12u4 2026/10/17 - https://haproxy.org/"));

    private static bool Lives(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
