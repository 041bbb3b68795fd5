using System;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Driver;

/// <summary>Servers that are not there, not servers, or never finish: each has its name, and none can hold the caller.</summary>
[TestClass]
public sealed class ReachTests : DriverTest
{
    [TestMethod]
    public async Task ANameWithoutAnAddress()
    {
        // A label over 63 bytes: no name server is asked.
        MqttClientOptions options = Options(1) with { Host = new string('a', 64) + ".example" };
        await FailsAsync(MqttClient.ConnectAsync(options), MqttFailure.NameNotResolved);
    }

    [TestMethod]
    public async Task APortThatRefuses() => await FailsAsync(MqttClient.ConnectAsync(Options(FreePort.Pick())), MqttFailure.Unreachable);

    [TestMethod]
    public async Task ItComesFromTheAddressThatItIsTold()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task attempt = MqttClient.ConnectAsync(From(IPAddress.Parse("127.9.9.9"), ((IPEndPoint)listener.LocalEndpoint).Port));
        using (Socket accepted = await listener.AcceptSocketAsync())
        {
            Assert.AreEqual(IPAddress.Parse("127.9.9.9"), ((IPEndPoint)accepted.RemoteEndPoint!).Address);
        }

        await FailsAsync(attempt, MqttFailure.ConnectionClosed);
    }

    [TestMethod]
    public async Task AnAddressThatThisMachineDoesNotHave() =>
        await FailsAsync(MqttClient.ConnectAsync(From(IPAddress.Parse("192.0.2.1"), 1)), MqttFailure.Unreachable);

    [TestMethod]
    public async Task AServerSilentInTheHandshake()
    {
        await using var server = FakeServer.Tcp(FakeServer.Silent);
        await FailsAsync(ConnectShortAsync(server), MqttFailure.TimedOut);
    }

    [TestMethod]
    public async Task AServerThatDripsAHandshakeByteByByte()
    {
        await using var server = FakeServer.Tcp(async (stream, cancellation) =>
        {
            // A TLS handshake record of the largest size: a byte at a time it would take minutes.
            byte[] drip = [22, 3, 3, 0x40, 0, .. new byte[0x4000]];
            foreach (byte b in drip)
            {
                await stream.WriteAsync(new[] { b }, cancellation);
                await Task.Delay(20, cancellation);
            }
        });
        await FailsAsync(ConnectShortAsync(server), MqttFailure.TimedOut);
    }

    [TestMethod]
    public async Task AServerThatClosesInTheHandshake()
    {
        await using var server = FakeServer.Tcp(async (stream, cancellation) =>
        {
            var hello = new byte[16];
            await stream.ReadExactlyAsync(hello, cancellation);
            stream.Dispose();
        });
        await FailsAsync(MqttClient.ConnectAsync(Options(server.Port)), MqttFailure.ConnectionClosed);
    }

    [TestMethod]
    [DataRow("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [DataRow("SSH-2.0-OpenSSH_9.2\r\n")]
    [DataRow(" \u0002\0\0")]
    public async Task AServerThatSpeaksSomethingElse(string words)
    {
        await using var server = FakeServer.Tcp(async (stream, cancellation) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(words + new string('x', 600)), cancellation);
            await FakeServer.Silent(stream, cancellation);
        });
        await FailsAsync(MqttClient.ConnectAsync(Options(server.Port)), MqttFailure.TlsFailed);
    }

    [TestMethod]
    public async Task AServerWithoutACommonVersion()
    {
        await using var server = FakeServer.Tls(
            Ours.Broker("localhost"), Ours.Services, FakeServer.Silent, SslProtocols.Tls12);
        await FailsAsync(MqttClient.ConnectAsync(Options(server.Port, protocols: SslProtocols.Tls13)), MqttFailure.TlsFailed);
    }

    [TestMethod]
    public async Task CancelledInTheHandshakeItIsACancellation()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = FakeServer.Tcp(async (stream, cancellation) =>
        {
            await stream.ReadExactlyAsync(new byte[16], cancellation);
            await cancel.CancelAsync();
            await FakeServer.Silent(stream, cancellation);
        });
        await Assert.ThrowsAsync<OperationCanceledException>(() => MqttClient.ConnectAsync(Options(server.Port), cancel.Token).WaitAsync(Bound));
    }

    [TestMethod]
    public async Task OptionsThatCannotBeAreRefusedBeforeAnythingIsSent()
    {
        MqttClientOptions good = Options(1);
        MqttClientOptions[] wrong =
        [
            good with { Host = " " },
            good with { Port = 0 },
            good with { Port = 65_536 },
            good with { MessageQueueLength = 0 },
            good with { Session = new MqttOptions("") },
            good with { Tls = good.Tls with { TrustAnchors = [] } },
#pragma warning disable CS0618, SYSLIB0039, CA5397 // What must be refused has to be named.
            good with { Tls = good.Tls with { Protocols = SslProtocols.Tls11 | SslProtocols.Tls12 } },
#pragma warning restore CS0618, SYSLIB0039, CA5397
            good with { Tls = good.Tls with { Protocols = SslProtocols.None } },
            good with { Tls = good.Tls with { HandshakeTimeout = TimeSpan.Zero } },
        ];
        for (int i = 0; i < wrong.Length; i++)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => MqttClient.ConnectAsync(wrong[i]), $"case {i}");
        }
    }

    private static MqttClientOptions From(IPAddress address, int port)
    {
        MqttClientOptions options = Options(port);
        return options with { Tls = options.Tls with { LocalAddress = address } };
    }

    private static Task ConnectShortAsync(FakeServer server)
    {
        MqttClientOptions options = Options(server.Port);
        return MqttClient.ConnectAsync(options with { Tls = options.Tls with { HandshakeTimeout = Short } });
    }
}
