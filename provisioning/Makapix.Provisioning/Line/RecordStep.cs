using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Line;

/// <summary>
/// The device in the ledger, its record, and beside that the signed head of the ledger that has it: whoever keeps the record can show later that
/// nothing up to it was changed. With that in the journal the board is done.
/// </summary>
internal sealed class RecordStep : ILineStep
{
    public string Name => StepNames.Record;

    public string Title => "record the device";

    public bool Applies(LineContext context) => true;

    public Task<string> RehearseAsync(LineContext context, ToolRecorder tools) =>
        Task.FromResult($"the device into the ledger; {PathOf(context, context.DeviceId?.ToString("D") ?? "DEVICE-ID")} with a signed head beside it");

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
            [.. context.Reports])
        {
            FirstBoot = context.FirstBoot,
        };
        Record(context);
        DurableFile.CreatePrivateFolder(context.Request.StateFolder);
        var path = PathOf(context, $"{context.DeviceId:D}");
        var head = context.Authority.SignHead(Path.ChangeExtension(path, ".head.cms"), DurableFile.Private, replace: true);
        context.Device = context.Device with { Head = head };
        DurableFile.Replace(path, Encoding.UTF8.GetBytes(context.Device.ToJson() + "\n"), DurableFile.Private);
        return Task.FromResult(path);
    }

    private static string PathOf(LineContext context, string device) => Path.Combine(context.Request.StateFolder, $"{device}.device.json");

    private static void Record(LineContext context)
    {
        var device = context.Device;
        using var transaction = context.Ledger.Begin();

        // An earlier run may have died behind this: then there is nothing to add. Whatever else is known of this id, the ledger refuses.
        if (transaction.FindDevice(device.DeviceId) is { } known && known.Mac == device.Mac && known.Certificate.Serial == device.Serial)
        {
            return;
        }

        transaction.Append(new DeviceRecorded(device.DeviceId, device.Mac, device.Chip, device.FirmwareVersion, device.StandIn, device.Policy, device.PlanHash, device.Serial)
        {
            Batch = context.Request.Batch,
            Station = context.Request.Station,
        });
        transaction.Commit();
    }
}
