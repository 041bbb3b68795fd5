using System.Collections.Generic;
using System.Linq;
using System.Security.Authentication;
using System.Text;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Driver;

/// <summary>The real broker, over both versions of TLS.</summary>
[TestClass]
public sealed class MosquittoTests : DriverTest
{
    private static readonly Mosquitto Broker = new(Ours);

    [ClassInitialize]
    public static Task StartAsync(TestContext context) => Broker.StartAsync();

    [ClassCleanup]
    public static void Stop() => Broker.Dispose();

    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public async Task MessagesComeBackInOrderOnceEach(SslProtocols protocol)
    {
        await using MqttClient client = await ConnectAsync($"echo-{protocol}", protocol);
        IReadOnlyList<MqttQos> granted = await client.SubscribeAsync([$"echo/{protocol}/#", "other"]).WaitAsync(Bound);
        CollectionAssert.AreEqual(new[] { MqttQos.AtLeastOnce, MqttQos.AtLeastOnce }, granted.ToArray());
        for (int i = 0; i < 50; i++)
        {
            await client.PublishAsync($"echo/{protocol}/{i}", Encoding.UTF8.GetBytes(new string('x', i * 20)), i % 2 == 0 ? MqttQos.AtLeastOnce : MqttQos.AtMostOnce).WaitAsync(Bound);
        }

        for (int i = 0; i < 50; i++)
        {
            MqttMessage message = await NextAsync(client);
            Assert.AreEqual($"echo/{protocol}/{i}", message.Topic);
            Assert.AreEqual(i * 20, message.Payload.Length);
            Assert.AreEqual(i % 2 == 0 ? MqttQos.AtLeastOnce : MqttQos.AtMostOnce, message.Qos);
        }
    }

    [TestMethod]
    public async Task ARetainedMessageIsKeptAndUnsubscribedMeansSilence()
    {
        await using MqttClient client = await ConnectAsync("retained");
        await client.PublishAsync("kept/é", "old"u8.ToArray(), retain: true).WaitAsync(Bound);
        await client.SubscribeAsync(["kept/#", "mark"]).WaitAsync(Bound);
        MqttMessage kept = await NextAsync(client);
        Assert.AreEqual(("kept/é", "old", true), (kept.Topic, Encoding.UTF8.GetString(kept.Payload.Span), kept.Retain));
        await client.UnsubscribeAsync(["kept/#"]).WaitAsync(Bound);
        await client.PublishAsync("kept/é", default, retain: true).WaitAsync(Bound);
        await client.PublishAsync("mark", default).WaitAsync(Bound);
        Assert.AreEqual("mark", (await NextAsync(client)).Topic);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task TheWillIsForThoseWhoVanish(bool vanish)
    {
        string topic = $"will/{vanish}";
        await using MqttClient observer = await ConnectAsync($"observer-{vanish}");
        await observer.SubscribeAsync([topic]).WaitAsync(Bound);
        var session = new MqttOptions($"mortal-{vanish}") { Will = new MqttWill(topic, Encoding.UTF8.GetBytes("gone"), MqttQos.AtLeastOnce, retain: false) };
        using ClientIdentity identity = Ours.Client(session.ClientId);
        MqttClient mortal = await MqttClient.ConnectAsync(Options(Broker.Port, session, identity)).WaitAsync(Bound);
        await (vanish ? mortal.AbortAsync() : mortal.DisconnectAsync()).WaitAsync(Bound);
        if (!vanish)
        {
            // A connection later, the broker has long dealt with the end of the first.
            await using MqttClient next = await ConnectAsync("next");
            await next.PublishAsync(topic, "no will"u8.ToArray()).WaitAsync(Bound);
        }

        Assert.AreEqual(vanish ? "gone" : "no will", Encoding.UTF8.GetString((await NextAsync(observer)).Payload.Span));
    }

    public static IEnumerable<object[]> Refused() =>
        from protocol in new[] { SslProtocols.Tls12, SslProtocols.Tls13 }
        from who in new[] { "foreign", "expired", "none" }
        select new object[] { protocol, who };

    [TestMethod]
    [DynamicData(nameof(Refused))]
    public async Task ARefusedCertificateHasTheSameNameInBothVersions(SslProtocols protocol, string who)
    {
        using ClientIdentity? identity = who switch { "foreign" => Foreign.Client("x"), "expired" => Ours.Client("x", TestPki.Expired), _ => null };
        // In TLS 1.3 the alert races with the failing of our own first write: once proves little.
        for (int i = 0; i < 20; i++)
        {
            await FailsAsync(MqttClient.ConnectAsync(Options(Broker.Port, identity: identity, protocols: protocol)), MqttFailure.CertificateRefused);
        }
    }

    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public async Task ABrokerUnderAnotherNameIsRefused(SslProtocols protocol)
    {
        using ClientIdentity identity = Ours.Client("x");
        await FailsAsync(MqttClient.ConnectAsync(Options(Broker.Port, identity: identity, protocols: protocol) with { Host = "127.0.0.1" }), MqttFailure.ServerNameMismatch);
    }

    [TestMethod]
    public async Task AnotherClientWithOurIdTakesTheSessionOver()
    {
        MqttClient first = await ConnectAsync("twin");
        await using MqttClient second = await ConnectAsync("twin");
        Assert.AreEqual(MqttFailure.SessionLost, (await first.Ended.WaitAsync(Bound))?.Kind);
        await second.PublishAsync("t", default).WaitAsync(Bound);
    }

    [TestMethod]
    public async Task AKilledBrokerIsNoticedAtOnce()
    {
        using var broker = new Mosquitto(Ours);
        await broker.StartAsync();
        using ClientIdentity identity = Ours.Client("c");
        await using MqttClient client = await MqttClient.ConnectAsync(Options(broker.Port, identity: identity)).WaitAsync(Bound);
        broker.Kill();
        Assert.AreEqual(MqttFailure.SessionLost, (await client.Ended.WaitAsync(Bound))?.Kind);
    }

    private static async Task<MqttClient> ConnectAsync(string name, SslProtocols? protocols = null)
    {
        using ClientIdentity identity = Ours.Client(name);
        return await MqttClient.ConnectAsync(Options(Broker.Port, new MqttOptions(name), identity, protocols)).WaitAsync(Bound);
    }

    private static async Task<MqttMessage> NextAsync(MqttClient client) => await client.Messages.ReadAsync().AsTask().WaitAsync(Bound);
}
