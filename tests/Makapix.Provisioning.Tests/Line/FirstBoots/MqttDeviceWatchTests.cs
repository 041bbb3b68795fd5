using System;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Broker;
using Makapix.Provisioning.Broker.Kit;
using Makapix.Provisioning.Broker.Up;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Line.FirstBoots;
using Makapix.Provisioning.Tests.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line.FirstBoots;

/// <summary>The station at the real mosquitto.</summary>
[TestClass]
public sealed class MqttDeviceWatchTests
{
    private static readonly Guid Device = Guid.NewGuid();

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Station_of_the_access_list_hears_the_device_alone_and_one_that_is_not_on_it_is_told_so_before_it_waits_in_vain()
    {
        using var folder = new TestFolder();
        var endPoint = new IPEndPoint(IPAddress.Loopback, FreePort.Pick());
        new CredentialWriter(Workshop.Authority, folder.At("broker")).Broker(["localhost"]);
        await using var mosquitto = await MosquittoProcess.StartAsync(new MosquittoOptions(folder.At("broker"), endPoint, PlayerAcl.Text(["op_station"])), TestContext.CancellationToken);

        new CredentialWriter(Workshop.Authority, folder.At("operator")).Operator("station");
        using var station = StationCredential.Load(folder.At("operator"));
        await using (var session = await new MqttDeviceWatch(station, Workshop.Authority.RootDer).OpenAsync("localhost", (ushort)endPoint.Port, Device, TestContext.CancellationToken))
        {
            await using var neighbour = await new MqttDeviceWatch(station, Workshop.Authority.RootDer).OpenAsync("localhost", (ushort)endPoint.Port, Guid.NewGuid(), TestContext.CancellationToken);
            await SayAsync(endPoint, Guid.NewGuid());
            await SayAsync(endPoint, Device);
            Assert.AreEqual(FirstBootJudge.TopicOf(Device), (await session.NextAsync(TestContext.CancellationToken)).Topic);
        }

        using var stranger = BrokerBench.Of(Workshop.Authority.IssueOperator("stranger"));
        var deaf = new MqttDeviceWatch(stranger, Workshop.Authority.RootDer) { EchoPatience = TimeSpan.FromMilliseconds(300) };
        var error = await Assert.ThrowsExactlyAsync<LineException>(() => deaf.OpenAsync("localhost", (ushort)endPoint.Port, Device, TestContext.CancellationToken));
        Assert.AreEqual("MKX-LINE-156", error.Code);
        Assert.Contains("op_stranger", error.Message);
    }

    // use_username_as_clientid, as the broker kit has it: a second session by one certificate ends the first.
    [TestMethod]
    public async Task Boards_that_are_watched_at_one_time_do_not_end_each_others_session_at_a_broker_that_gives_a_certificate_one()
    {
        using var folder = new TestFolder();
        new CredentialWriter(Workshop.Authority, folder.At("broker")).Broker(["localhost"]);
        new CredentialWriter(Workshop.Authority, folder.At("operator")).Operator("station");
        using var station = StationCredential.Load(folder.At("operator"));
        var kit = new KitDescription
        {
            Hosts = ["localhost"],
            FleetSize = 10,
            Credentials = folder.At("broker"),
            Management = ["127.0.0.0/8"],
            Roles = new KitRoles { Services = ["svc_backend"], Operators = ["op_station"] },
        };
        await using var run = await KitRun.StartAsync(kit, new KitRunOptions(folder.At("kit"), KitPorts.Free(1)), DateTimeOffset.UtcNow, TestContext.CancellationToken);
        var watch = new MqttDeviceWatch(station, Workshop.Authority.RootDer);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        Task<IWatchSession> Open(Guid device) => watch.OpenAsync("localhost", (ushort)run.Ports.Front, device, TestContext.CancellationToken);
        await using (var one = await Open(first))
        {
            await using (var two = await Open(second))
            {
                await SayAsync(run.Front, second);
                Assert.AreEqual(FirstBootJudge.TopicOf(second), (await two.NextAsync(TestContext.CancellationToken)).Topic);
            }

            await SayAsync(run.Front, first);
            Assert.AreEqual(FirstBootJudge.TopicOf(first), (await one.NextAsync(TestContext.CancellationToken)).Topic);
        }

        // The last one out closed it; and one whose broker went away is told so.
        await using var later = await Open(first);
        await run.KillAsync(TestContext.CancellationToken);
        await Assert.ThrowsExactlyAsync<MqttException>(() => later.NextAsync(TestContext.CancellationToken));
    }

    [TestMethod]
    public void Folder_without_an_operators_credential_is_refused()
    {
        using var folder = new TestFolder();
        new CredentialWriter(Workshop.Authority, folder.At("operator")).Operator("other");
        new CredentialWriter(Workshop.Authority, folder.At("mixed")).Operator("another");
        System.IO.File.Copy(folder.At("operator/op.key"), folder.At("mixed/op.key"), overwrite: true);
        foreach (var name in (string[])["nowhere", "mixed"])
        {
            Assert.AreEqual("MKX-LINE-150", Assert.ThrowsExactly<LineException>(() => StationCredential.Load(folder.At(name))).Code, name);
        }
    }

    private async Task SayAsync(IPEndPoint endPoint, Guid device)
    {
        using var material = Workshop.Authority.IssueDevice(device);
        using var identity = ClientIdentity.FromDer(material.ChainDer.Span, material.PrivateKeyDer.Span);
        using var root = X509CertificateLoader.LoadCertificate(Workshop.Authority.RootDer.Span);
        await using var client = await MqttClient.ConnectAsync(
            new MqttClientOptions
            {
                Host = "localhost",
                Port = endPoint.Port,
                Tls = new TlsOptions { TrustAnchors = [root], Identity = identity },
                Session = new MqttOptions($"{device}"),
            },
            TestContext.CancellationToken);
        await client.PublishAsync(FirstBootJudge.TopicOf(device), "{}"u8.ToArray(), cancellation: TestContext.CancellationToken);
    }
}
