using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Serial;
using Makapix.Provisioning.Chips.WireProtocol;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Chips.Serial;

/// <summary>The serial line of a board that runs, on a real terminal and on a socket: an answer, silence, and a line that is gone, which is neither.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class SerialLinesTests
{
    // An answer and an end are heard at once, and only a hang waits so long for them.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Ping_over_a_terminal_is_answered_or_not(bool answers)
    {
        using var board = await PseudoTerminal.StartAsync(answers);
        await using var line = await SerialLines.OpenAsync(ChipPort.Parse(board.Port), CancellationToken.None);
        Assert.AreEqual(answers, await new WirePing(TimeProvider.System).IsAnsweredAsync(line, answers ? Patience : Silence, CancellationToken.None));
    }

    [TestMethod]
    public async Task Board_that_is_pulled_is_not_silent_but_gone()
    {
        using var board = await PseudoTerminal.StartAsync(answers: false);
        await using var line = await SerialLines.OpenAsync(ChipPort.Parse(board.Port), CancellationToken.None);
        board.Pull();
        var gone = await Assert.ThrowsExactlyAsync<ChipException>(() => new WirePing(TimeProvider.System).IsAnsweredAsync(line, Patience, CancellationToken.None));
        Assert.AreEqual("MKX-CHIP-018", gone.Code);
    }

    [TestMethod]
    public async Task Socket_that_hangs_up_is_gone_and_one_that_nobody_listens_on_cannot_be_opened()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ChipPort.Parse($"socket://{listener.LocalEndpoint}");
        var line = await SerialLines.OpenAsync(port, CancellationToken.None);
        (await listener.AcceptSocketAsync()).Dispose();
        await using (line)
        {
            var gone = await Assert.ThrowsExactlyAsync<ChipException>(() => new WirePing(TimeProvider.System).IsAnsweredAsync(line, Patience, CancellationToken.None));
            Assert.AreEqual("MKX-CHIP-018", gone.Code);
        }

        var nobody = ChipPort.Parse($"socket://127.0.0.1:{FreePort.Pick()}");
        Assert.AreEqual("MKX-CHIP-018", (await Assert.ThrowsExactlyAsync<ChipException>(() => SerialLines.OpenAsync(nobody, CancellationToken.None))).Code);
    }

    [TestMethod]
    public async Task What_is_no_terminal_cannot_be_opened()
    {
        var error = await Assert.ThrowsExactlyAsync<ChipException>(() => SerialLines.OpenAsync(ChipPort.Parse("/dev/null"), CancellationToken.None));
        Assert.AreEqual("MKX-CHIP-018", error.Code);
    }
}
