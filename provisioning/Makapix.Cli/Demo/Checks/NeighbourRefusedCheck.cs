using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Cli.Demo.Checks;

/// <summary>
/// Another player of the same CA neither reads nor writes this one's topics. MQTT 3.1.1 grants the subscription and acknowledges the publication all the same,
/// so each denial is held against a control: what the neighbour may do does arrive, sent after what it may not.
/// </summary>
internal sealed class NeighbourRefusedCheck : IDemoCheck
{
    private const string Probe = """{"probe":"neighbour"}""";

    public string Name => "neighbour-refused";

    public async Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        using var player = new DemoPlayer(world.Authority);
        await using var neighbour = await DemoPeer.ConnectAsync(world, player.Client, $"{player.Id:D}", cancel);
        var (own, foreign) = (DemoWorld.TopicOf(player.Id, ""), DemoWorld.TopicOf(world.DeviceId, ""));
        await neighbour.SubscribeAsync(cancel, $"{own}command", $"{foreign}command", $"{foreign}state", $"{foreign}#");

        await CannotReadAsync(world, neighbour, own, foreign, cancel);
        await CannotWriteAsync(world, neighbour, own, foreign, cancel);
        return "reads its own commands and not the device's; its own status arrives, one in the device's name does not";
    }

    private static async Task CannotReadAsync(DemoWorld world, DemoPeer neighbour, string own, string foreign, CancellationToken cancel)
    {
        // To the device it is one more malformed payload.
        await world.Service.PublishAsync($"{foreign}command", Probe, cancel);
        await world.Service.PublishAsync($"{own}command", Probe, cancel);
        await neighbour.ExpectAsync("the neighbour's own command", message => message.Topic == $"{own}command", cancel);
        if (neighbour.HasSeen(message => message.Topic.StartsWith(foreign, StringComparison.Ordinal)))
        {
            throw new CheckFailedException("a neighbour reads what is sent to the device, or what the device sends");
        }
    }

    private static async Task CannotWriteAsync(DemoWorld world, DemoPeer neighbour, string own, string foreign, CancellationToken cancel)
    {
        await neighbour.PublishAsync($"{foreign}status", Probe, cancel);
        await neighbour.PublishAsync($"{own}status", Probe, cancel);
        await world.Service.ExpectAsync("the neighbour's own status", message => message.Topic == $"{own}status", cancel);
        if (world.Service.HasSeen(message => message.Topic == $"{foreign}status" && IsProbe(message)))
        {
            throw new CheckFailedException("a neighbour publishes in the device's name");
        }
    }

    private static bool IsProbe(MqttMessage message) => Encoding.UTF8.GetString(message.Payload.Span) == Probe;
}
