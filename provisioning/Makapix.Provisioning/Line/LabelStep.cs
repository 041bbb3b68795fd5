using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Labels;

namespace Makapix.Provisioning.Line;

/// <summary>11: the label, for a board that was verified and is a device in the ledger, never for another. Should it fail, it is drawn again by <see cref="LabelReprint"/>.</summary>
internal sealed class LabelStep : ILineStep
{
    public string Name => StepNames.Label;

    public string Title => "draw the label";

    public bool Applies(LineContext context) => true;

    public Task<string> RehearseAsync(LineContext context, ToolRecorder tools) =>
        Task.FromResult($"{context.Request.Label.Title}: {context.DeviceId?.ToString("D") ?? "DEVICE-ID"}.label.png and .pdf beside the record");

    public Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        using var view = context.Ledger.Read();
        var content = LabelContent.Of(view.FindDevice(context.Device.DeviceId)!, view);
        var files = Enum.GetValues<LabelFormat>().Select(format => DeviceLabel.Write(content, context.Request.Label, format, context.Request.StateFolder)).ToList();
        return Task.FromResult(string.Join(", ", files));
    }
}
