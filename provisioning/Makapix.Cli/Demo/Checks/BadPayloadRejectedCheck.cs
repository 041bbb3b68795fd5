using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Cli.Demo.Checks;

/// <summary>Five kinds of bad payload: each is counted and dropped, none is acted on, and the device stays online and at work.</summary>
internal sealed class BadPayloadRejectedCheck : IDemoCheck
{
    /// <summary>What every attack would set, were it believed.</summary>
    public const int Attacked = 13;

    private const int Honest = 77;

    public string Name => "bad-payload-rejected";

    public async Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var attacks = world.Sabotage.Attacks(PayloadAttack.All(Attacked));
        var (before, sessions) = (world.Device.RejectedPayloads, world.Device.OnlineCount);
        foreach (var attack in attacks)
        {
            await world.Service.PublishAsync(DemoWorld.TopicOf(world.DeviceId, "command"), attack.Payload, cancel);
        }

        // Sent after the attacks and taken in order: once this one is carried out, they have all been judged.
        await world.Service.PublishAsync(DemoWorld.TopicOf(world.DeviceId, "command"), PlayerCommand.SetBrightness(Honest).Json, cancel);
        await world.Service.ExpectAsync("the state after the honest command", message => IsState(world, message, Honest), cancel);
        var rejected = world.Device.RejectedPayloads - before;
        if (world.Service.HasSeen(message => IsState(world, message, Attacked)))
        {
            throw new CheckFailedException("the device acted on a payload that it should have refused");
        }

        return rejected == attacks.Length && world.Device.OnlineCount == sessions
            ? $"{string.Join(", ", attacks.Select(attack => attack.What))}: {rejected} counted and dropped; online all the while"
            : throw new CheckFailedException($"{rejected} counted as rejected for {attacks.Length} attacks ({world.Device.RejectedByCause}); {world.Device.OnlineCount - sessions} reconnects");
    }

    private static bool IsState(DemoWorld world, MqttMessage message, int brightness) =>
        message.Topic == DemoWorld.TopicOf(world.DeviceId, "state") && DemoWorld.Text(message).Contains($"\"brightness\":{brightness}", StringComparison.Ordinal);
}
