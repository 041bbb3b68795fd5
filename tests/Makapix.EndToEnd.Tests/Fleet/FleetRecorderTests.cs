using Makapix.Cli.Fleet;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Fleet;

/// <summary>What devices do around the moment of the kill.</summary>
[TestClass]
public sealed class FleetRecorderTests
{
    [TestMethod]
    public void A_device_on_its_way_at_the_kill_is_no_success_without_an_attempt()
    {
        var recorder = new FleetRecorder();
        recorder.Attempt(0, 0);
        var killedAt = NextMs(recorder);
        recorder.CameOnline(0);
        recorder.WentOffline(0);
        recorder.Attempt(0, killedAt);
        recorder.CameOnline(0);
        var timeline = recorder.Since(killedAt, 1);
        Assert.AreEqual(1, timeline.Count(FleetEventKind.Attempt));
        Assert.AreEqual(1, timeline.Count(FleetEventKind.Online));
        Assert.IsNotNull(timeline.SecondsUntil(100, 0));
    }

    // The recorder has a clock of its own: the attempt must be before the kill.
    private static long NextMs(FleetRecorder recorder)
    {
        var before = recorder.NowMs;
        while (recorder.NowMs == before)
        {
        }

        return recorder.NowMs;
    }
}
