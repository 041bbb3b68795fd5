using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Line;

/// <summary>
/// 7: the key and the security eFuses, in one call of espefuse. The journal says so before: from here on the identity belongs to this
/// board, and an interrupted run is finished, not begun again.
/// </summary>
internal sealed class BurnStep : ILineStep
{
    private const string KeyLost = "MKX-LINE-120";

    public string Name => StepNames.Burn;

    public string Title => "burn the key and the security eFuses";

    public bool Applies(LineContext context) => true;

    public async Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        context.BurnBegun = true;
        if (context.Resumes)
        {
            return await FinishAsync(context, cancel);
        }

        await context.BurnAsync(context.EfusePlan.Burn(context.Efuses, context.FlashKey), cancel);
        CryptographicOperations.ZeroMemory(context.FlashKey);
        return $"{context.EfusePlan.Burns.Length} eFuses in one batch";
    }

    private static async Task<string> FinishAsync(LineContext context, CancellationToken cancel)
    {
        try
        {
            var missing = context.EfusePlan.Remaining(context.Efuses, context.KeyHash!);
            await context.BurnAsync(missing, cancel);
            return missing.IsEmpty ? "nothing was missing" : "what was missing of an earlier run";
        }
        catch (LineException e) when (e.Code == KeyLost)
        {
            context.Void(context.Start.Unfinished!);
            context.Record(StepNames.Burn, JournalEvent.Scrapped, e.Cause);
            throw;
        }
    }
}
