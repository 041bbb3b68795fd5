using System;
using System.IO;
using System.Threading.Tasks;
using Makapix.Cli.Line;
using Makapix.Provisioning.Line.Lanes;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Spectre.Console;

namespace Makapix.EndToEnd.Tests.Reports;

/// <summary>What an operator reads of a lane, and what a terminal makes of it.</summary>
[TestClass]
public sealed class LaneWordsTests
{
    private static readonly Guid Id = Guid.Parse("6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e");
    private static readonly BoardResult Passed = new(DateTimeOffset.UnixEpoch, 1, "P", BoardOutcome.Passed, 16.04) { DeviceId = Id, Mac = "24:0a:c4:00:00:01" };
    private static readonly BoardResult Failed = new(DateTimeOffset.UnixEpoch, 1, "P", BoardOutcome.Failed, 1) { Code = "MKX-CHIP-012", Cause = "no chip [answers]\u001b[2J.", NextStep = "Hold BOOT." };

    public static object[][] Lanes =>
    [
        [new LaneView(1, "P", LanePhase.Waiting), "wait", "plug a board in"],
        [new LaneView(1, "P", LanePhase.Waiting) { BoardIsThere = true }, "wait", "a board is there"],
        [new LaneView(1, "P", LanePhase.Working) { Step = 6, Title = "write" }, "WORK", $"step 6 of {LaneView.Steps}: write"],
        [new LaneView(1, "P", LanePhase.Working) { Step = 7, Burning = true }, "WORK", "waiting for the burn to end: do not unplug the board"],
        [new LaneView(1, "P", LanePhase.Passed) { Last = Passed, BoardIsThere = true }, "PASS", $"{Id} 24:0a:c4:00:00:01 (16.0 s). Unplug it"],
        [new LaneView(1, "P", LanePhase.Passed) { Last = Passed }, "PASS", $"{Id} 24:0a:c4:00:00:01 (16.0 s). Next board"],
        [new LaneView(1, "P", LanePhase.Failed) { Last = Failed, BoardIsThere = true }, "FAIL", "MKX-CHIP-012: no chip [answers]?[2J. Hold BOOT. Unplug it"],
        [new LaneView(1, "P", LanePhase.NotTaken) { BoardIsThere = true }, "FULL", "enough boards: unplug it"],
    ];

    [TestMethod]
    [DynamicData(nameof(Lanes))]
    public void Lane_says_in_a_word_what_it_is_at_and_then_what_to_do(LaneView lane, string word, string text)
    {
        Assert.AreEqual(word, LaneWords.Word(lane));
        Assert.AreEqual(text, LaneWords.Text(lane));
    }

    [TestMethod]
    [DataRow("/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0", "pci-0000:00:14.0-usb-0:2:1.0-port0")]
    [DataRow("COM7", "COM7")]
    [DataRow("socket://127.0.0.1:4321", "127.0.0.1:4321")]
    public void Port_is_called_by_what_tells_it_from_its_neighbours(string port, string shown) => Assert.AreEqual(shown, LaneWords.Port(new LaneView(1, port, LanePhase.Waiting)));

    [TestMethod]
    [DynamicData(nameof(Lanes))]
    public async Task Terminal_shows_it_in_its_colour_and_obeys_nothing_in_it(LaneView lane, string word, string text)
    {
        using var screen = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new AnsiConsoleOutput(screen) });
        console.Profile.Width = 200;
        var live = new LiveLanes(console);
        await live.ShowAsync(() =>
        {
            live.Changed(lane);
            return Task.CompletedTask;
        });
        Assert.Contains($"  {word}  ", screen.ToString());
        Assert.Contains(text, screen.ToString());
        Assert.DoesNotContain("\u001b[2J", screen.ToString());
    }
}
