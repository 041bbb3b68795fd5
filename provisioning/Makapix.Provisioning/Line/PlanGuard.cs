using System.Linq;

namespace Makapix.Provisioning.Line;

/// <summary>
/// The last look before anything is burned: what this run holds must be what was shown and written down, read again from the ledger's audit
/// trail. A plan that was changed in between, in memory, in the database or by another version of makapix, burns nothing.
/// </summary>
internal static class PlanGuard
{
    /// <exception cref="LineException">122: the plan is not the one in the journal.</exception>
    public static void Require(LineContext context)
    {
        var run = context.Start.Unfinished?.Run ?? context.Run;
        using var view = context.Ledger.Read();
        var written = view.Journal(context.Chip.Mac).Where(entry => entry.Run == run && entry is { Step: StepNames.Plan, Event: JournalEvent.Done }).ToList();
        if (written is not [{ Plan: { } plan, PlanHash: { } hash }] || plan.Hash() != hash || context.Plan.Hash() != hash || context.EfusePlan.Hash() != plan.BurnHash)
        {
            throw new LineException("122", "what would be burned is not the plan that is in the journal and the audit trail.", "Run 'makapix ledger verify'; a burn that another version of makapix began is finished by that version.");
        }
    }
}
