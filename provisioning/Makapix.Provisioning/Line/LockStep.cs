using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Line;

/// <summary>10: what the policy locks for good, once nothing is left that could need mending.</summary>
internal sealed class LockStep : ILineStep
{
    public string Name => StepNames.Lock;

    public string Title => "lock";

    public bool Applies(LineContext context) => !context.EfusePlan.Locks.IsEmpty;

    public async Task<string> RehearseAsync(LineContext context, ToolRecorder tools)
    {
        await tools.RecordAsync(chip => chip.Espefuse.SummaryAsync(context.Request.Port, CancellationToken.None));
        await tools.RecordAsync(chip => chip.Espefuse.BurnAsync(context.Request.Port, context.EfusePlan.Lock(context.Efuses)));
        return $"{string.Join(", ", context.EfusePlan.Locks.Select(change => change.Name))}, for ever";
    }

    public async Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        // Up to minutes have passed, and espefuse burns whatever board is there: another one, sealed before it was written, would be dead.
        context.Efuses = await context.Tools.Espefuse.SummaryAsync(context.Request.Port, cancel);
        SwappedBoard.Refuse(context, context.Efuses.Mac);

        // espefuse reads it back, or sees the chip go silent to it; after the next reset the chip tells nobody what is burned.
        await context.BurnAsync(context.EfusePlan.Lock(context.Efuses), cancel);
        return string.Join(", ", context.EfusePlan.Locks.Select(change => change.Name));
    }
}
