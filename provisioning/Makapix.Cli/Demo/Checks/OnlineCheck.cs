using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo.Checks;

/// <summary>A second client sees the device's status, and, coming later, the capabilities that the broker keeps for it.</summary>
internal sealed class OnlineCheck : IDemoCheck
{
    public string Name => "online";

    public async Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var status = await world.Service.ExpectAsync("status online", message => DemoWorld.IsStatus(message, world.DeviceId, "online"), cancel);
        await using var late = await DemoPeer.ConnectAsync(world, world.Witness, "late", cancel);
        var topic = DemoWorld.TopicOf(world.DeviceId, "capabilities");
        await late.SubscribeAsync(cancel, topic);
        var capabilities = await late.ExpectAsync("retained capabilities", message => message.Topic == topic && message.Retain, cancel);
        using var said = JsonDocument.Parse(status.Payload);
        using var able = JsonDocument.Parse(capabilities.Payload);
        return $"status online with firmware {said.RootElement.GetProperty("firmware_version")}; retained capabilities: {string.Join(", ", able.RootElement.GetProperty("features").EnumerateObject().Select(feature => feature.Name))}";
    }
}
