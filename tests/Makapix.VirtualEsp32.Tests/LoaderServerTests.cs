using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

[TestClass]
public sealed class LoaderServerTests
{
    [TestMethod]
    public async Task TakenPortIsRefused()
    {
        await using var first = TestChip.Start();
        await using var second = TestChip.Start();
        Refused("001", () => LoaderServer.Start(second.Chip, new LoaderServerOptions { EndPoint = first.Server.EndPoint }));
    }

    [TestMethod]
    [DataRow("0.0.0.0")]
    [DataRow("::")]
    [DataRow("192.0.2.1")]
    public async Task OnlyLoopbackIsListenedOn(string address)
    {
        await using var chip = TestChip.Start();
        Refused("002", () => LoaderServer.Start(chip.Chip, new LoaderServerOptions { EndPoint = new IPEndPoint(IPAddress.Parse(address), 0) }));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-115200)]
    [DataRow(299)]
    [DataRow(5_000_001)]
    public async Task RateThatNoUartHasIsRefused(int baud)
    {
        await using var chip = TestChip.Start();
        Refused("003", () => LoaderServer.Start(chip.Chip, new LoaderServerOptions { Baud = baud }));
    }

    [TestMethod]
    public async Task SecondHostWaitsUntilTheFirstHangsUp()
    {
        await using var chip = TestChip.Start();
        var first = chip.Connect();
        first.Sync();
        using var second = chip.Connect();
        second.SendRaw(LoaderClient.Frame(LoaderClient.Packet(Op.ReadReg, LoaderClient.Words(0x40001000))));
        for (var i = 0; i < 20; i++)
        {
            first.Expect(Op.ReadReg, LoaderClient.Words(0x40001000));
        }

        Assert.IsFalse(second.HasAnswer, "the second host was served beside the first");
        first.Dispose();
        Assert.AreEqual(0x00F01D83u, second.Read(Op.ReadReg).Value);
    }

    [TestMethod]
    public async Task HostThatResetsTheConnectionDoesNotStopTheServer()
    {
        await using var chip = TestChip.Start();
        for (var i = 0; i < 10; i++)
        {
            using var rude = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
            await rude.ConnectAsync(chip.Server.EndPoint);
            await rude.SendAsync(LoaderClient.SyncFrame);
        }

        using var client = chip.Connect();
        client.Sync();
    }

    [TestMethod]
    public async Task DisposingHangsUpOnAConnectedHost()
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        client.Sync();
        await chip.Server.DisposeAsync();
        Assert.IsTrue(chip.Server.Completion.IsCanceled);
    }

    [TestMethod]
    public async Task UartDownloadDisIsAnsweredOnceMoreAndThenNeverAgain()
    {
        await using var chip = TestChip.Start();
        using (var client = chip.Connect())
        {
            EfuseHost.Burn(client, 0, EfuseHost.Block0(0, 1u << 27));
            Assert.AreEqual(1u << 27, EfuseHost.ReadWord(client, 0, 0));
        }

        using var silenced = chip.Connect();
        Assert.IsEmpty(silenced.SendRawAndDrain(LoaderClient.SyncFrame));
    }

    [TestMethod]
    [DataRow(115_200)]
    [DataRow(921_600)]
    public async Task LineIsPacedInBothDirections(int baud)
    {
        await using var chip = TestChip.Start(baud);
        using var client = chip.Connect();
        byte[] sent = [.. Enumerable.Repeat((byte)0xC0, 2000), .. LoaderClient.SyncFrame];
        var watch = Stopwatch.StartNew();
        var reply = client.SendRawAndDrain(sent);
        var bits = (sent.Length + reply.Length) * 10;
        Assert.HasCount(8 * 14, reply);
        Assert.IsGreaterThanOrEqualTo(0.98 * bits / baud, watch.Elapsed.TotalSeconds); // timers count whole milliseconds
    }

    [TestMethod]
    public async Task ChangedRateHoldsFromTheNextCommandUntilTheNextReset()
    {
        await using var chip = TestChip.Start(baud: 9600);
        using (var client = chip.Connect())
        {
            client.Expect(Op.ChangeBaudrate, LoaderClient.Words(5_000_000, 0));
            Assert.AreEqual(8u, client.ReadRegister(0x3FF40014));
            var watch = Stopwatch.StartNew();
            client.SendRawAndDrain([.. Enumerable.Repeat((byte)0xC0, 10_000)]);
            Assert.IsLessThan(5, watch.Elapsed.TotalSeconds, "10 KB take 10 s at 9600 baud");
        }

        using var next = chip.Connect();
        Assert.AreEqual(347u, next.ReadRegister(0x3FF40014));
    }

    private static void Refused(string number, Func<object> action) =>
        Assert.AreEqual($"MKX-VCHIP-{number}", Assert.ThrowsExactly<VirtualChipException>(action).Code);
}
