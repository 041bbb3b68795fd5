using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo.Checks;

/// <summary>The broker is killed and comes back: the device is online again by itself, and says so anew, since the broker forgot what it had kept.</summary>
internal sealed class ReconnectedCheck : IDemoCheck
{
    // A whole fleet loses its broker at once: the first delay is 2 to 15 s on purpose, and one attempt may come too early.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    public string Name => "reconnected";

    public async Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var sessions = world.Device.OnlineCount;
        await world.KillBrokerAsync(cancel);
        await world.Device.WaitAsync("the device to notice", () => !world.Device.IsOnline, DemoPeer.Patience, cancel);
        await world.Sabotage.RestartBrokerAsync(world, cancel);
        var watch = Stopwatch.StartNew();
        await world.Device.WaitAsync("the device to come back", () => world.Device.IsOnline && world.Device.OnlineCount > sessions, Patience, cancel);
        var seconds = watch.Elapsed.TotalSeconds;
        await using var service = await DemoPeer.ConnectAsync(world, world.Witness, "after", cancel);
        var topic = DemoWorld.TopicOf(world.DeviceId, "state");
        await service.SubscribeAsync(cancel, topic);
        await service.ExpectAsync("the state told anew", message => message.Topic == topic && message.Retain, cancel);
        return $"broker killed and restarted: online again after {seconds:0.0} s (first delay of 2 to 15 s on purpose), state told anew";
    }
}
