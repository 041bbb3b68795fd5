using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Line;

/// <summary>
/// 7: the key and the security eFuses, by as few calls of espefuse as the chip's plan allows. The journal says so before: from here on the identity belongs to this
/// board, and an interrupted run is finished, not begun again.
/// </summary>
internal sealed class BurnStep : ILineStep
{
    private const string KeyLost = "MKX-LINE-120";
    private const string DigestLost = "MKX-LINE-123";
    private const string PurposeLost = "MKX-LINE-124";

    public string Name => StepNames.Burn;

    public string Title => "burn the key and the security eFuses";

    public bool Applies(LineContext context) => true;

    public async Task<string> RehearseAsync(LineContext context, ToolRecorder tools)
    {
        // The key itself is not there yet; a recorder keeps no secret anyway.
        var burns = context.Resumes ? context.EfusePlan.Remaining(context.Efuses, KeyHashes.Split(context.KeyHash!)) : context.EfusePlan.Burn(context.Efuses, context.FlashKey);
        foreach (var burn in burns)
        {
            await tools.RecordAsync(chip => chip.Espefuse.BurnAsync(context.Request.Port, burn));
        }

        return burns.IsEmpty ? "nothing is missing" : context.Resumes ? "what is missing of an earlier run, for ever" : $"{context.EfusePlan.Burns.Length} eFuses, for ever";
    }

    public async Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        context.Journal?.RequireHeld();
        PlanGuard.Require(context);
        context.BurnBegun = true;
        if (context.Resumes)
        {
            return await FinishAsync(context, cancel);
        }

        await BurnAsync(context, context.EfusePlan.Burn(context.Efuses, context.FlashKey), cancel);
        return $"{context.EfusePlan.Burns.Length} eFuses in {Batches(context.EfusePlan)}";
    }

    private static async Task BurnAsync(LineContext context, ImmutableArray<EfuseBurn> burns, CancellationToken cancel)
    {
        foreach (var burn in burns)
        {
            await context.BurnAsync(burn, cancel);
        }
    }

    private static string Batches(EfusePlan plan) => plan.Burns.Select(change => change.Call).Distinct().Count() is var calls and > 1 ? $"{calls} batches" : "one batch";

    private static async Task<string> FinishAsync(LineContext context, CancellationToken cancel)
    {
        try
        {
            var missing = context.EfusePlan.Remaining(context.Efuses, KeyHashes.Split(context.KeyHash!));
            await BurnAsync(context, missing, cancel);
            return missing.IsEmpty ? "nothing was missing" : "what was missing of an earlier run";
        }
        catch (LineException e) when (e.Code is KeyLost or DigestLost or PurposeLost)
        {
            context.Void(context.Start.Unfinished!, keyIsExposed: context.EfusePlan.ShowsKey(context.Efuses));
            context.Record(StepNames.Burn, JournalEvent.Scrapped, e.Cause);
            throw;
        }
    }
}
