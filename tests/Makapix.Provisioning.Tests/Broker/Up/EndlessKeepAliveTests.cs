using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Broker.Check;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Up;

/// <summary>CVE-2020-13849: a client asks for a keep-alive without end, says nothing more, and has its place for as long as it likes. mosquitto 2.0.11 lets MQTT 3.1.1 have it; the front does not.</summary>
[TestClass]
public sealed class EndlessKeepAliveTests
{
    // One and a half of the shortest keep-alive that a kit may have, and time to spare.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow(0)]
    [DataRow(ushort.MaxValue)]
    public async Task A_session_that_says_nothing_more_is_ended_after_one_and_a_half_of_the_kits_keep_alive(int keepAlive)
    {
        await using var bench = new RunBench();
        bench.Bench.Description["limits"] = new JsonObject { ["keepAliveSeconds"] = 10 };
        var run = await bench.StartAsync(cancel: TestContext.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        limit.CancelAfter(Patience);
        var name = $"{Guid.NewGuid():D}";
        using var certificate = TestPki.Shared.Client(name);
        var tls = await TlsConnection.OpenAsync("localhost", run.Ports.Front, new TlsOptions { TrustAnchors = TestPki.Shared.Anchors, Identity = certificate }, limit.Token);
        using var session = new HostileConnection(tls.Stream, closed: () => { });
        await session.WriteAsync(MqttBytes.Connect(name, keepAlive), limit.Token);
        CollectionAssert.AreEqual(new byte[] { 0x20, 2, 0, 0 }, await session.ReadAsync(MqttBytes.ConnackBytes, limit.Token), "let in");
        await session.UntilClosedAsync(limit.Token);
        await RunBench.UntilAsync(() => Task.FromResult(run.Log.Any(line => line.Contains("state=cD", StringComparison.Ordinal))), "the front tells that the client said nothing");
    }
}
