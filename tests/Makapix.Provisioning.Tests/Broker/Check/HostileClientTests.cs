using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Broker;
using Makapix.Provisioning.Broker.Check;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Check;

/// <summary>The bounds of what attacks: whom, with how many sockets, and from where.</summary>
[TestClass]
public sealed class HostileClientTests
{
    private static readonly IPAddress From = IPAddress.Parse("127.0.3.1");

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow("192.0.2.1")]
    [DataRow("10.0.0.1", DisplayName = "the next machine")]
    [DataRow("0.0.0.0", DisplayName = "every address of this one")]
    [DataRow("::")]
    [DataRow("2001:db8::1")]
    [DataRow("::ffff:192.0.2.1", DisplayName = "another machine in the clothes of IPv6")]
    [DataRow("128.0.0.1", DisplayName = "one past loopback")]
    [DataRow("255.255.255.255")]
    public void Attacks_nobody_but_this_machine(string address)
    {
        var target = new IPEndPoint(IPAddress.Parse(address), 8883);
        Assert.AreEqual("MKX-BROKER-050", Assert.ThrowsExactly<BrokerException>(() => new HostileClient(target)).Code);
    }

    [TestMethod]
    public async Task Has_no_more_sockets_than_its_bound_and_waits_for_room()
    {
        using var listener = Listener();
        using var client = new HostileClient((IPEndPoint)listener.LocalEndpoint, sockets: 3);
        var first = await client.TcpAsync(From, TestContext.CancellationToken);
        using var second = await client.TcpAsync(From, TestContext.CancellationToken);
        using var third = await client.TcpAsync(From, TestContext.CancellationToken);
        var fourth = client.TcpAsync(From, TestContext.CancellationToken);
        Assert.IsFalse(fourth.IsCompleted);
        Assert.AreEqual(3, client.Open);
        first!.Dispose();
        first.Dispose();
        using var opened = await fourth;
        Assert.IsNotNull(opened);
        Assert.AreEqual(3, client.Open);
        Assert.AreEqual(3, client.MostOpen);
    }

    [TestMethod]
    public async Task Comes_from_the_address_that_it_is_told()
    {
        using var listener = Listener();
        using var client = new HostileClient((IPEndPoint)listener.LocalEndpoint);
        using var connection = await client.TcpAsync(From, TestContext.CancellationToken);
        using var accepted = await listener.AcceptSocketAsync(TestContext.CancellationToken);
        Assert.AreEqual(From, ((IPEndPoint)accepted.RemoteEndPoint!).Address);
    }

    [TestMethod]
    public async Task A_refusal_takes_no_room()
    {
        using var client = new HostileClient(new IPEndPoint(IPAddress.Loopback, FreePort.Pick()), sockets: 1);
        Assert.IsNull(await client.TcpAsync(From, TestContext.CancellationToken));
        Assert.IsNull(await client.TcpAsync(From, TestContext.CancellationToken));
        Assert.AreEqual(0, client.Open);
    }

    [TestMethod]
    public async Task A_hello_is_a_whole_record_of_TLS()
    {
        var hello = await ClientHello.NewAsync(TestContext.CancellationToken);
        CollectionAssert.AreEqual(new byte[] { 0x16, 3, 1 }, hello[..3]);
        Assert.AreEqual(hello.Length - 5, (hello[3] << 8) + hello[4]);
        Assert.AreEqual(1, hello[5]);
    }

    private static TcpListener Listener()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
