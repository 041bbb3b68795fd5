using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Line;

/// <summary>Between 2 and 3: whether the broker is there, and lets the station listen. One that is down costs no certificate then, and no board.</summary>
internal sealed class WatchStep : ILineStep
{
    public string Name => StepNames.Watch;

    public string Title => "listen at the broker";

    public bool Applies(LineContext context) => true;

    public Task<string> RehearseAsync(LineContext context, ToolRecorder tools) =>
        Task.FromResult($"connect to {context.Plan.Broker} as an operator, and subscribe to the status of the device: before anything is issued or written");

    public async Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        // Not kept: writing and burning take minutes, and a session that was lost meanwhile is no matter.
        await using var session = await context.Boot.Watch.OpenAsync(context.Request.BrokerHost, context.Request.BrokerPort, context.DeviceId!.Value, cancel);
        return $"{context.Plan.Broker} lets the station listen";
    }
}
