using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo.Checks;

/// <summary>A command is carried out, and acknowledged to who sent it.</summary>
internal sealed class CommandAckedCheck : IDemoCheck
{
    private const int Brightness = 42;

    public string Name => "command-acked";

    public async Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var command = PlayerCommand.SetBrightness(Brightness);
        await world.Service.PublishAsync(DemoWorld.TopicOf(world.DeviceId, "command"), command.Json, cancel);
        var topic = DemoWorld.TopicOf(world.DeviceId, "command/ack");
        var ack = await world.Service.ExpectAsync("the acknowledgement", message => message.Topic == topic && DemoWorld.Text(message).Contains($"{command.Id:D}"), cancel);
        using var json = JsonDocument.Parse(ack.Payload);
        var status = json.RootElement.GetProperty("status").GetString();
        return status == "ok" && world.Device.Brightness == Brightness
            ? $"set_brightness {Brightness}: acknowledged ok, and the device is at {world.Device.Brightness}"
            : throw new CheckFailedException($"acknowledged {status}, and the device is at {world.Device.Brightness}");
    }
}
