using System;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Device.Connection;
using Makapix.Device.Host;
using Makapix.Device.Identity;
using Makapix.Device.Payloads;
using Makapix.Device.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Host;

/// <summary>The hosted device against a real mosquitto.</summary>
[TestClass]
public sealed class DeviceHostTests
{
    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public async Task Online_command_ack_broker_restart_and_the_last_will(SslProtocols protocols)
    {
        var id = Guid.NewGuid();
        using var broker = Mosquitto.ForPlayers();
        await broker.StartAsync();
        await using Watcher watcher = await Watcher.ConnectAsync(broker);
        await using var device = new RunningDevice(new BlobBuilder(id, port: broker.Port).Build(), new DeviceHostOptions { Protocols = protocols });

        (_, JsonElement capabilities) = await watcher.NextAsync("/capabilities");
        await broker.SaidAsync("New client connected", "what an impostor's log is searched for");
        (_, JsonElement state) = await watcher.NextAsync("/state");
        (_, JsonElement status) = await watcher.NextAsync("/status");
        Assert.AreEqual(100, capabilities.GetProperty("features").GetProperty("brightness").GetProperty("max").GetInt32());
        Assert.AreEqual(50, state.GetProperty("brightness").GetInt32());
        Assert.AreEqual(id.ToString(), status.GetProperty("player_key").GetString());

        var command = Guid.NewGuid();
        await watcher.SendAsync(id, CommandText.SetBrightness(80, command));
        (_, JsonElement ack) = await watcher.NextAsync("/command/ack");
        Assert.AreEqual(command.ToString(), ack.GetProperty("command_id").GetString());
        Assert.AreEqual("ok", ack.GetProperty("status").GetString());
        Assert.AreEqual(80, (await watcher.NextAsync("/state")).Payload.GetProperty("brightness").GetInt32());
        Assert.AreEqual(80, device.Host.Brightness);

        await watcher.SendAsync(id, "{\"command_id\":");
        await watcher.SendAsync(id, CommandText.SetBrightness(81, command));
        await watcher.SendAsync(id, new string(' ', 9000));
        await watcher.SendAsync(id, CommandText.SetBrightness(82));
        await watcher.NextAsync("/state", s => s.GetProperty("brightness").GetInt32() == 82);
        Assert.AreEqual(1, device.Host.Rejected(RejectCause.Syntax));
        Assert.AreEqual(1, device.Host.Rejected(RejectCause.Duplicate));
        Assert.AreEqual(1, device.Host.Rejected(RejectCause.Oversize));
        Assert.AreEqual(1, device.Host.OnlineCount);

        broker.Kill();
        await device.UntilAsync(d => d.State == ConnectionState.BackOff);
        await broker.StartAsync();
        await using Watcher second = await Watcher.ConnectAsync(broker);
        await device.UntilAsync(d => d.OnlineCount == 2, seconds: 60);
        Assert.AreEqual(82, (await second.NextAsync("/state")).Payload.GetProperty("brightness").GetInt32());
        (_, status) = await second.NextAsync("/status", s => s.GetProperty("status").GetString() == "online");
        Assert.AreEqual(1, status.GetProperty("health").GetProperty("reconnects").GetProperty("session_lost").GetInt32());

        await device.StopAsync();
        Assert.AreEqual(ConnectionState.Stopped, device.Host.State);
        (_, JsonElement will) = await second.NextAsync("/status", s => s.GetProperty("status").GetString() == "offline");
        Assert.AreEqual(id.ToString(), will.GetProperty("player_key").GetString());
    }

    [TestMethod]
    [DataRow("a CA of its own", SslProtocols.Tls12)]
    [DataRow("a CA of its own", SslProtocols.Tls13)]
    [DataRow("another host name", SslProtocols.Tls12)]
    [DataRow("another host name", SslProtocols.Tls13)]
    [DataRow("a client's certificate", SslProtocols.Tls12)]
    [DataRow("a client's certificate", SslProtocols.Tls13)]
    public async Task An_impostor_broker_hears_nothing_from_us(string impostor, SslProtocols protocols)
    {
        TestPki pki = impostor == "a CA of its own" ? new TestPki() : TestPki.Shared;
        using X509Certificate2 certificate = impostor switch
        {
            "another host name" => pki.Broker("broker.example"),
            "a client's certificate" => pki.Broker("localhost", TestPki.ClientAuth),
            _ => pki.Broker("localhost"),
        };
        using var broker = Mosquitto.ForPlayers(certificate, pki);
        await broker.StartAsync();
        await using var device = new RunningDevice(new BlobBuilder(port: broker.Port).Build(), new DeviceHostOptions { Protocols = protocols });

        await device.UntilAsync(d => d.Failures(FailureCause.Untrusted) > 0);

        Assert.IsNotNull(device.Host.LastFailureDetail);
        Assert.AreEqual(0, device.Host.OnlineCount);
        Assert.DoesNotContain("New client connected", broker.Log);
    }

    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public async Task A_stranger_is_refused_and_knows_that_it_is_about_its_certificate(SslProtocols protocols)
    {
        var strangers = new TestPki();
        using var broker = Mosquitto.ForPlayers();
        await broker.StartAsync();
        byte[] blob = new BlobBuilder(port: broker.Port, pki: strangers).Set(4, TestPki.Shared.Root.RawData).Build();
        await using var device = new RunningDevice(blob, new DeviceHostOptions { Protocols = protocols });

        await device.UntilAsync(d => d.Failures(FailureCause.CertificateRefused) > 0);

        Assert.AreEqual(0, device.Host.OnlineCount);
    }

    [TestMethod]
    public async Task A_broker_that_is_not_there_is_no_route()
    {
        using var broker = Mosquitto.ForPlayers();
        await using var device = new RunningDevice(new BlobBuilder(host: "broker.invalid").Build(), new DeviceHostOptions { BrokerHost = "localhost", BrokerPort = broker.Port });

        await device.UntilAsync(d => d.Failures(FailureCause.NoRoute) > 0);
    }

    [TestMethod]
    public async Task A_key_that_is_not_the_certificates_is_reported()
    {
        using X509Certificate2 other = TestPki.Shared.Device(Guid.NewGuid());
        using System.Security.Cryptography.ECDsa key = other.GetECDsaPrivateKey()!;
        await using var device = new RunningDevice(new BlobBuilder().Set(6, key.ExportECPrivateKey()).Build());

        await device.UntilAsync(d => d.Failures(FailureCause.Identity) > 0);
    }

    [TestMethod]
    public async Task A_blank_identity_is_reported_not_thrown()
    {
        await using var device = new RunningDevice(IdentityBlob.Read());

        Assert.AreEqual(IdentityState.Blank, device.Host.IdentityState);
        Assert.IsNull(device.Host.DeviceId);
        Assert.AreEqual("not_provisioned", device.Host.StateName);
        await device.StopAsync();
        Assert.Contains("not provisioned", string.Join('\n', device.Lines));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(100)]
    public void An_identity_of_the_wrong_length_is_damaged_not_thrown(int length)
    {
        using var device = new DeviceHost(new byte[length]);

        Assert.AreEqual(IdentityState.Damaged, device.IdentityState);
    }

    [TestMethod]
    public async Task Stopping_in_a_backoff_of_minutes_takes_no_minutes()
    {
        await using var device = new RunningDevice(new BlobBuilder().Build(), new DeviceHostOptions { BrokerPort = 1 });
        await device.UntilAsync(d => d.Failures(FailureCause.NoRoute) >= 4);

        await device.StopAsync(seconds: 5);

        Assert.AreEqual(ConnectionState.Stopped, device.Host.State);
    }

    [TestMethod]
    public async Task Stopping_while_a_server_stays_silent_takes_no_handshake_timeout()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        await using var device = new RunningDevice(
            new BlobBuilder().Build(), new DeviceHostOptions { BrokerPort = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port });
        using System.Net.Sockets.TcpClient accepted = await listener.AcceptTcpClientAsync();

        // Ten seconds are the timeout.
        await device.StopAsync(seconds: 8);
    }

    [TestMethod]
    public async Task A_device_lives_once()
    {
        var device = new DeviceHost(IdentityBlob.Read());
        using var stop = new CancellationTokenSource();
        Task run = device.RunAsync(stop.Token);
        await stop.CancelAsync();
        await run;

        Assert.ThrowsExactly<InvalidOperationException>(() => device.Run());
        Assert.AreEqual(ConnectionState.Stopped, device.State);
    }

    [TestMethod]
    [DataRow(null, 0)]
    [DataRow(null, 65536)]
    [DataRow("", 8883)]
    public void Options_that_cannot_be_are_refused(string? host, int port) =>
        Assert.Throws<ArgumentException>(() => new DeviceHost(IdentityBlob.Read(), new DeviceHostOptions { BrokerHost = host, BrokerPort = port }));
}
