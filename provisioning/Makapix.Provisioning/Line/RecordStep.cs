using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Line;

/// <summary>Last: the record of the device. With it in the journal the board is done.</summary>
internal sealed class RecordStep : ILineStep
{
    public string Name => StepNames.Record;

    public string Title => "record the device";

    public bool Applies(LineContext context) => true;

    public Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        var plan = context.Plan;
        context.Device = new ProvisionedDevice(
            context.DeviceId!.Value,
            plan.Mac,
            plan.Chip,
            context.Serial!,
            context.NotAfter!.Value,
            plan.Policy,
            plan.FirmwareVersion,
            plan.StandIn,
            plan.Hash(),
            context.Now,
            context.Resumes,
            [.. context.Reports]);
        var path = Path.Combine(context.Request.StateFolder, $"{context.DeviceId:D}.device.json");
        DurableFile.Replace(path, Encoding.UTF8.GetBytes(context.Device.ToJson() + "\n"), DurableFile.Private);
        return Task.FromResult(path);
    }
}
