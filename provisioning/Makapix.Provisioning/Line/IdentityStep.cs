using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Line;

/// <summary>3: a key and a certificate of the device's own; those of earlier runs that never became a device are voided.</summary>
internal sealed class IdentityStep : ILineStep
{
    public string Name => StepNames.Identity;

    public string Title => "issue the identity";

    public bool Applies(LineContext context) => !context.Resumes;

    public Task<string> RehearseAsync(LineContext context, ToolRecorder tools)
    {
        var voided = context.Start.ToVoid.Select(unused => unused.Serial).ToList();
        return Task.FromResult($"draw a serial number, issue a certificate for {(context.DeviceId is { } id ? $"device {id}" : "a random device id")}{(voided.Count > 0 ? $", revoke {string.Join(", ", voided)}" : "")}");
    }

    public Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        foreach (var unused in context.Start.ToVoid)
        {
            context.Void(unused);
        }

        var identity = context.Authority.IssueDevice(context.DeviceId!.Value, context.Serial);
        context.Identity = identity;
        context.NotAfter = identity.NotAfter;
        var voided = context.Start.ToVoid.Length;
        return Task.FromResult($"device {identity.DeviceId}, certificate {identity.Serial}{(voided > 0 ? $", {voided} unused voided" : "")}");
    }
}
