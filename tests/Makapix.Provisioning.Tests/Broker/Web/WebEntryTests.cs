using System;
using System.Linq;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Provisioning.Broker.Web;
using Makapix.Provisioning.Tests.Broker.Kit;
using Makapix.Provisioning.Tests.Broker.Up;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Web;

/// <summary>Browsers at a kit that runs: the real HAProxy, the entry, the real mosquitto.</summary>
[TestClass]
public sealed class WebEntryTests
{
    private const int NotAuthorized = 5;
    private const byte Refused = 0x80;

    public required TestContext TestContext { get; init; }

    private CancellationToken Cancel => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_token_opens_its_own_players_topics_and_no_others()
    {
        await using var bench = await StartAsync();
        var (own, other) = (Guid.NewGuid(), Guid.NewGuid());
        using var browser = await Browser.OpenAsync(bench.Run.Ports.Web!.Front, Cancel);
        Assert.AreEqual(0, await browser.ConnectAsync(Token(bench, own)));
        var grants = await browser.SubscribeAsync(
            $"makapix/player/{own:D}/#", $"makapix/player/{other:D}/status", "makapix/player/+/status", "#", $"makapix/player/{own:D}", $"makapix/player/{own:D}x/status", "$SYS/#");
        CollectionAssert.AreEqual((byte[])[0, Refused, Refused, Refused, Refused, Refused, Refused], grants);

        await using var stranger = await bench.ConnectAsync(TestPki.Shared.Client($"{other:D}"));
        await stranger.PublishAsync($"makapix/player/{other:D}/status", "theirs"u8.ToArray(), MqttQos.AtLeastOnce, cancellation: Cancel);
        await using var service = await bench.ConnectAsync(TestPki.Shared.Client("svc_backend"));
        await service.PublishAsync($"makapix/player/{own:D}/command", "a command is the player's alone"u8.ToArray(), MqttQos.AtLeastOnce, cancellation: Cancel);
        await using var player = await bench.ConnectAsync(TestPki.Shared.Client($"{own:D}"));
        await player.PublishAsync($"makapix/player/{own:D}/status", "ours"u8.ToArray(), MqttQos.AtLeastOnce, cancellation: Cancel);
        var heard = await browser.ReadAsync();
        Assert.IsNotNull(heard);
        CollectionAssert.AreEqual((byte[])[.. Browser.Text($"makapix/player/{own:D}/status"), .. "ours"u8], heard[2..]);
    }

    [TestMethod]
    public async Task A_session_ends_with_its_token_which_opens_nothing_afterwards()
    {
        await using var bench = await StartAsync();
        string token;
        using (var browser = await Browser.OpenAsync(bench.Run.Ports.Web!.Front, Cancel))
        {
            // Longer than the broker takes to let it in, and counted from here: to open the WebSocket may take a while.
            token = Token(bench, Guid.NewGuid(), TimeSpan.FromSeconds(5));
            Assert.AreEqual(0, await browser.ConnectAsync(token));
            Assert.IsNull(await browser.ReadAsync(), "the session goes on");
        }

        using var later = await Browser.OpenAsync(bench.Run.Ports.Web!.Front, Cancel);
        Assert.AreEqual(NotAuthorized, await later.ConnectAsync(token));
    }

    [TestMethod]
    public async Task An_address_has_as_many_sessions_as_it_may_and_others_have_theirs()
    {
        await using var bench = await StartAsync();
        var port = bench.Run.Ports.Web!.Front;
        using var first = await EnterAsync(bench);
        using var second = await EnterAsync(bench);
        using var third = await EnterAsync(bench);
        using var fourth = await EnterAsync(bench);
        await Assert.ThrowsAsync<WebSocketException>(() => Browser.OpenAsync(port, Cancel));
        using var elsewhere = await Browser.OpenAsync(port, Cancel, from: "127.0.0.2");
        Assert.AreEqual(0, await elsewhere.ConnectAsync(Token(bench, Guid.NewGuid())));
    }

    [TestMethod]
    public async Task An_address_that_comes_again_and_again_is_refused()
    {
        const int Rate = 5;

        // It may have as many at a time: the front takes a while to see that one has hung up.
        await using var bench = await StartAsync(Rate, perAddress: Rate);
        var opened = 0;
        try
        {
            for (; opened < 4 * Rate; opened++)
            {
                (await Browser.OpenAsync(bench.Run.Ports.Web!.Front, Cancel)).Dispose();
            }
        }
        catch (WebSocketException)
        {
            // By the front.
        }

        Assert.IsInRange(Rate, (4 * Rate) - 1, opened);
    }

    [TestMethod]
    public async Task What_is_no_listening_page_is_hung_up_on()
    {
        await using var bench = await StartAsync();
        var port = bench.Run.Ports.Web!.Front;
        await Assert.ThrowsAsync<WebSocketException>(() => Browser.OpenAsync(port, Cancel, origin: "https://makapix.example.evil"), "a page of somebody else's");
        await Assert.ThrowsAsync<WebSocketException>(() => Browser.OpenAsync(port, Cancel, path: "/"), "another path");

        // Each from an address of its own, so that it is not the front's limit that ends it.
        byte[][] hostile =
        [
            [0x30, 0x05, 0x00, 0x01, (byte)'a', (byte)'x', (byte)'x'],
            [0x10, 0xFF, 0xFF, 0xFF, 0x7F],
            [0x10, 0x0C, 0x00, 0x04, .. "MQTT"u8, 0x05, 0xC2, 0, 30, 0, 0],
            [0x10, 0x0A, 0x00, 0x04, .. "MQTT"u8, 0x04, 0xC2, 0, 30],
            [0xF0, 0x00],
        ];
        foreach (var (bytes, i) in hostile.Select((bytes, i) => (bytes, i)))
        {
            using var browser = await Browser.OpenAsync(port, Cancel, from: $"127.0.1.{i + 1}");
            await browser.SendAsync(bytes);
            Assert.IsNull(await browser.ReadAsync(), $"before a token: {i}");
        }

        foreach (var (bytes, i) in hostile.Select((bytes, i) => (bytes, i)))
        {
            using var browser = await Browser.OpenAsync(port, Cancel, from: $"127.0.2.{i + 1}");
            Assert.AreEqual(0, await browser.ConnectAsync(Token(bench, Guid.NewGuid())));
            await browser.SendAsync(bytes);
            Assert.IsNull(await browser.ReadAsync(), $"behind a token: {i}");
        }

        using var text = await Browser.OpenAsync(port, Cancel, from: "127.0.3.1");
        await text.SendAsync([0x10, 0x00], WebSocketMessageType.Text);
        Assert.IsNull(await text.ReadAsync());
    }

    private static async Task<RunBench> StartAsync(int rate = 30, int perAddress = 4)
    {
        var bench = new RunBench();
        bench.Bench.AddWeb(perAddress);
        bench.Bench.Description["web"]!["ratePerAddress"] = rate;
        await bench.StartAsync();
        return bench;
    }

    // With its token: who shows none is hung up on after a while, and would make room.
    private async Task<Browser> EnterAsync(RunBench bench)
    {
        var browser = await Browser.OpenAsync(bench.Run.Ports.Web!.Front, Cancel);
        Assert.AreEqual(0, await browser.ConnectAsync(Token(bench, Guid.NewGuid())));
        return browser;
    }

    private static string Token(RunBench bench, Guid player, TimeSpan? life = null)
    {
        using var key = WebTokenKey.Open(bench.Bench.TokenKey, KitBench.TokenPassphrase);
        return key.Sign(player, life ?? TimeSpan.FromMinutes(5), DateTimeOffset.UtcNow);
    }
}
