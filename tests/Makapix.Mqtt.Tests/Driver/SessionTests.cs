using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net.Security;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Mqtt.Tests.Engine;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Driver;

/// <summary>A broker that has proved itself and then misbehaves: the driver names it, releases everybody who waits, and closes.</summary>
[TestClass]
public sealed class SessionTests : DriverTest
{
    [TestMethod]
    public async Task NoConnackInTime()
    {
        await using var server = Broker(FakeServer.Silent);
        MqttException e = await FailsAsync(MqttClient.ConnectAsync(Options(server.Port, new MqttOptions("c") { ConnackTimeoutMilliseconds = 250 })), MqttFailure.TimedOut);
        Assert.AreEqual(MqttCloseCause.ConnackTimeout, e.CloseCause);
    }

    [TestMethod]
    public async Task ClosedBeforeConnack()
    {
        await using var server = Broker((stream, cancellation) => FakeServer.ReadPacketAsync(stream, cancellation));
        await FailsAsync(MqttClient.ConnectAsync(Options(server.Port)), MqttFailure.ConnectionClosed);
    }

    [TestMethod]
    public async Task RefusedByConnack()
    {
        await using var server = Broker(async (stream, cancellation) =>
        {
            await stream.WriteAsync(Wire.Connack(code: 5), cancellation);
            await FakeServer.Silent(stream, cancellation);
        });
        MqttException e = await FailsAsync(MqttClient.ConnectAsync(Options(server.Port)), MqttFailure.ConnectRefused);
        Assert.AreEqual(MqttConnackCode.NotAuthorized, e.ConnackCode);
    }

    [TestMethod]
    public async Task SomethingElseThanMqttBehindTls()
    {
        await using var server = Broker(async (stream, cancellation) =>
        {
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), cancellation);
            await FakeServer.Silent(stream, cancellation);
        });
        MqttException e = await FailsAsync(MqttClient.ConnectAsync(Options(server.Port)), MqttFailure.ProtocolViolation);
        Assert.AreEqual(MqttCloseCause.PacketUnexpected, e.CloseCause);
    }

    [TestMethod]
    public async Task CancelledWhileConnackIsAwaitedTheConnectionIsClosed()
    {
        using var cancel = new CancellationTokenSource();
        int after = -1;
        await using var server = Broker(async (stream, cancellation) =>
        {
            await FakeServer.ReadPacketAsync(stream, cancellation);
            await cancel.CancelAsync();
            after = await stream.ReadAsync(new byte[1], cancellation);
        });
        await Assert.ThrowsAsync<OperationCanceledException>(() => MqttClient.ConnectAsync(Options(server.Port), cancel.Token).WaitAsync(Bound));
        await server.Done.WaitAsync(Bound).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.IsLessThanOrEqualTo(0, after, "not one byte more, no DISCONNECT either");
    }

    [TestMethod]
    public async Task ALostSessionReleasesWhoeverWaits()
    {
        var gotAll = new TaskCompletionSource();
        await using var server = FakeServer.Mqtt(Ours, async (stream, cancellation) =>
        {
            await FakeServer.ReadPacketAsync(stream, cancellation);
            await FakeServer.ReadPacketAsync(stream, cancellation);
            await gotAll.Task;
        });
        MqttClient client = await MqttClient.ConnectAsync(Options(server.Port)).WaitAsync(Bound);
        Task reader = client.Messages.WaitToReadAsync().AsTask();
        Task publish = client.PublishAsync("t", new byte[1]);
        Task waiting = client.PublishAsync("t", new byte[1]);
        Task subscribe = client.SubscribeAsync(["t"]);
        Task unsubscribe = client.UnsubscribeAsync(["t"]);
        gotAll.SetResult();
        foreach (Task task in new[] { reader, publish, waiting, subscribe, unsubscribe })
        {
            await FailsAsync(task, MqttFailure.SessionLost);
        }

        MqttException? ended = await client.Ended.WaitAsync(Bound);
        await FailsAsync(client.PublishAsync("t", new byte[1], MqttQos.AtMostOnce), MqttFailure.SessionLost);
        Assert.AreEqual(MqttCloseCause.ConnectionLost, ended?.CloseCause);
        await client.DisposeAsync();
    }

    [TestMethod]
    [DataRow("puback")]
    [DataRow("suback")]
    public async Task AnAcknowledgementThatDoesNotCome(string ack)
    {
        await using var server = FakeServer.Mqtt(Ours, FakeServer.Silent);
        await using MqttClient client = await MqttClient.ConnectAsync(Options(server.Port, new MqttOptions("c") { AckTimeoutMilliseconds = 250 })).WaitAsync(Bound);
        MqttException e = await FailsAsync(ack == "puback" ? client.PublishAsync("t", new byte[1]) : client.SubscribeAsync(["t"]), MqttFailure.TimedOut);
        Assert.AreEqual(MqttCloseCause.AckTimeout, e.CloseCause);
    }

    [TestMethod]
    public async Task AServerThatFreezesWhileWeFloodItIsLeft()
    {
        await using var server = FakeServer.Mqtt(Ours, FakeServer.Silent);
        var session = new MqttOptions("c") { KeepAliveSeconds = 1, PingTimeoutMilliseconds = 250, MaxOutgoingPacketBytes = 1 << 20 };
        await using MqttClient client = await MqttClient.ConnectAsync(Options(server.Port, session)).WaitAsync(Bound);
        MqttException e = await FailsAsync(FloodAsync(client), MqttFailure.SessionLost);
        Assert.AreEqual(MqttCloseCause.PingTimeout, e.CloseCause);

        static async Task FloodAsync(MqttClient client)
        {
            while (true)
            {
                await client.PublishAsync("t", new byte[100_000], MqttQos.AtMostOnce);
            }
        }
    }

    [TestMethod]
    public async Task ACancelledPublishLeavesTheSessionAndTheNextOneWaitsItsTurn()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = new TaskCompletionSource();
        await using var server = FakeServer.Mqtt(Ours, async (stream, cancellation) =>
        {
            byte[] first = await FakeServer.ReadPacketAsync(stream, cancellation);
            await cancel.CancelAsync();
            await waiting.Task.WaitAsync(cancellation);
            await stream.WriteAsync(Wire.Puback(first[^2]), cancellation);
            byte[] second = await FakeServer.ReadPacketAsync(stream, cancellation);
            await stream.WriteAsync(Wire.Puback(second[^2]), cancellation);
            await FakeServer.Silent(stream, cancellation);
        });
        await using MqttClient client = await MqttClient.ConnectAsync(Options(server.Port)).WaitAsync(Bound);
        await Assert.ThrowsAsync<OperationCanceledException>(() => client.PublishAsync("t", new byte[1], cancellation: cancel.Token).WaitAsync(Bound));
        Task second = client.PublishAsync("t", new byte[1]);
        waiting.SetResult();
        await second.WaitAsync(Bound);
    }

    [TestMethod]
    public async Task AFloodThatNobodyReadsIsDroppedCountedAndAcknowledged()
    {
        const int Flood = 500;
        var acknowledged = new TaskCompletionSource();
        await using var server = FakeServer.Mqtt(Ours, async (stream, cancellation) =>
        {
            byte[] flood = [.. Enumerable.Range(1, Flood).SelectMany(id => Wire.Publish("t", [(byte)id], id))];
            Task write = stream.WriteAsync(flood, cancellation).AsTask();
            for (int id = 1; id <= Flood; id++)
            {
                byte[] ack = await FakeServer.ReadPacketAsync(stream, cancellation);
                CollectionAssert.AreEqual(new byte[] { 0x40, (byte)(id >> 8), (byte)id }, ack);
            }

            await write;
            acknowledged.SetResult();
            await stream.WriteAsync(Wire.Publish("t", new byte[5_000]), cancellation);
            byte[] published = await FakeServer.ReadPacketAsync(stream, cancellation);
            await stream.WriteAsync(Wire.Puback(published[^2]), cancellation);
        });
        await using MqttClient client = await MqttClient.ConnectAsync(Options(server.Port) with { MessageQueueLength = 4 }).WaitAsync(Bound);
        await acknowledged.Task.WaitAsync(Bound);
        await client.PublishAsync("t", new byte[1]).WaitAsync(Bound);
        await server.Done.WaitAsync(Bound);
        Assert.AreEqual(Flood - 4, client.DroppedMessages);
        Assert.AreEqual(1, client.DiscardedMessages);
        for (int id = 1; id <= 4; id++)
        {
            Assert.AreEqual(id, (await client.Messages.ReadAsync()).Payload.Span[0]);
        }
    }

    [TestMethod]
    public async Task ManyCallersShareOneMessageInFlight()
    {
        var seen = new ConcurrentBag<int>();
        await using var server = FakeServer.Mqtt(Ours, async (stream, cancellation) =>
        {
            while (true)
            {
                byte[] packet = await FakeServer.ReadPacketAsync(stream, cancellation);
                if (packet[0] == 0x32)
                {
                    seen.Add((packet[^2] << 8) | packet[^1]);
                    await stream.WriteAsync(new byte[] { 0x40, 2, packet[4], packet[5] }, cancellation);
                }
            }
        });
        await using MqttClient client = await MqttClient.ConnectAsync(Options(server.Port)).WaitAsync(Bound);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => client.PublishAsync("t", new[] { (byte)(i >> 8), (byte)i })))).WaitAsync(Bound);
        CollectionAssert.AreEqual(Enumerable.Range(0, 200).ToArray(), seen.Order().ToArray());
    }

    [TestMethod]
    public async Task ARefusedSubscriptionIsAnError()
    {
        await using var server = FakeServer.Mqtt(Ours, async (stream, cancellation) =>
        {
            await FakeServer.ReadPacketAsync(stream, cancellation);
            await stream.WriteAsync(Wire.Suback(1, 1, 0x80), cancellation);
            await FakeServer.Silent(stream, cancellation);
        });
        await using MqttClient client = await MqttClient.ConnectAsync(Options(server.Port)).WaitAsync(Bound);
        MqttException e = await FailsAsync(client.SubscribeAsync(["mine", "yours"]), MqttFailure.SubscriptionRefused);
        StringAssert.Contains(e.Message, "refused yours.");
    }

    [TestMethod]
    public async Task DisconnectIsTheLastThingOnTheWireAndTlsIsClosedInOrder()
    {
        byte[] last = [];
        int end = -1;
        await using var server = FakeServer.Mqtt(Ours, async (stream, cancellation) =>
        {
            last = await FakeServer.ReadPacketAsync(stream, cancellation);
            end = await stream.ReadAsync(new byte[1], cancellation);
        });
        MqttClient client = await MqttClient.ConnectAsync(Options(server.Port)).WaitAsync(Bound);
        await client.DisconnectAsync().WaitAsync(Bound);
        Assert.IsNull(await client.Ended);
        await client.Messages.Completion.WaitAsync(Bound);
        await server.Done.WaitAsync(Bound);
        CollectionAssert.AreEqual(new byte[] { 0xE0 }, last);
        Assert.AreEqual(0, end);
        await FailsAsync(client.PublishAsync("t", new byte[1]), MqttFailure.SessionLost);
        await client.DisposeAsync();
    }

    [TestMethod]
    public async Task WrongCallsAreArgumentErrorsAndLeaveTheSession()
    {
        await using var server = FakeServer.Mqtt(Ours, FakeServer.Silent);
        await using MqttClient client = await MqttClient.ConnectAsync(Options(server.Port)).WaitAsync(Bound);
        await Assert.ThrowsAsync<ArgumentException>(() => client.PublishAsync("a/#", new byte[1]));
        await Assert.ThrowsAsync<ArgumentException>(() => client.PublishAsync("a", new byte[100_000]));
        await Assert.ThrowsAsync<ArgumentException>(() => client.SubscribeAsync(["a#"]));
        await Assert.ThrowsAsync<ArgumentException>(() => client.UnsubscribeAsync([]));
        await client.PublishAsync("a", new byte[1], MqttQos.AtMostOnce).WaitAsync(Bound);
        Assert.IsFalse(client.Ended.IsCompleted);
    }

    private static FakeServer Broker(Func<SslStream, CancellationToken, Task> script) =>
        FakeServer.Tls(Ours.Broker("localhost"), Ours.Services, script);
}
