using System;
using System.Security.Authentication;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Driver;

/// <summary>What the driver's tests share.</summary>
public abstract class DriverTest
{
    /// <summary>Longer than anything takes; only a hang meets it.</summary>
    protected static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <summary>A timeout that is meant to pass.</summary>
    protected static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);

    protected static readonly TestPki Ours = new("ours");
    protected static readonly TestPki Foreign = new("foreign");

    protected static MqttClientOptions Options(int port, MqttOptions? session = null, ClientIdentity? identity = null, SslProtocols? protocols = null) => new()
    {
        Host = "localhost",
        Port = port,
        Tls = new TlsOptions { TrustAnchors = Ours.Anchors, Identity = identity, Protocols = protocols ?? SslProtocols.Tls12 | SslProtocols.Tls13 },
        Session = session ?? new MqttOptions("client"),
    };

    protected static async Task<MqttException> FailsAsync(Task task, MqttFailure kind)
    {
        MqttException failure = await Assert.ThrowsExactlyAsync<MqttException>(() => task.WaitAsync(Bound));
        Assert.AreEqual(kind, failure.Kind, failure.ToString());
        StringAssert.StartsWith(failure.Message, $"MKX-MQTT-{(int)kind:000}: ");
        return failure;
    }
}
