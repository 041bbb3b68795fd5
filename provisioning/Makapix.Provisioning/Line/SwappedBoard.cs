using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Line;

/// <summary>
/// A board that was pulled, and another put in its place, between two calls of the tools. Every call that tells which board it was done to is held against the first. Only
/// espefuse's burn does not tell: what was done to the wrong board by that one is found, and said, right after it.
/// </summary>
internal static class SwappedBoard
{
    private const string InUse = "MKX-LINE-110";

    /// <summary>Refuses another board than the one that the run began with.</summary>
    /// <param name="context">The run.</param>
    /// <param name="found">Which board a tool has just been at; null if it did not tell.</param>
    /// <exception cref="LineException">109: it is another.</exception>
    public static void Refuse(LineContext context, MacAddress? found)
    {
        if (found is { } mac && mac != context.Chip.Mac)
        {
            throw Another(context, mac);
        }
    }

    /// <summary>The same right after a burn, from the eFuses that were read back: was it the other board that was burned?</summary>
    /// <exception cref="LineException">109: it is another; 126: and that one was burned. It is scrap, since nobody has its key, and in its journal so.</exception>
    public static void RefuseAfterBurn(LineContext context)
    {
        var found = context.Efuses.Mac;
        if (found == context.Chip.Mac)
        {
            return;
        }

        if (EfusePlan.Foreign(context.Request.Bundle.Chip, context.Efuses).IsEmpty)
        {
            throw Another(context, found);
        }

        using var journal = Take(context, found);

        // Whoever was fused by an earlier run of some line, or by somebody else otherwise than planned, was put in after the burn.
        var history = LineHistory.Of(journal.Entries);
        var known = history.Finished is not null || history.Burning is not null || history.Scrapped is not null;
        if (known || (!context.Resumes && !context.EfusePlan.Differences(context.Efuses, locked: false).IsEmpty))
        {
            throw Another(context, found);
        }

        var why = new LineException(
            "126",
            $"board {found} was put in the place of {context.Chip.Mac} before the burn, and was burned: no flash of its own fits what it holds.",
            $"Scrap {found}. Put {context.Chip.Mac} in again and run the command again for it; leave a board in its place until the line is done with it.");
        journal.Write(new JournalEntry(context.Now, context.Run, StepNames.Burn, JournalEvent.Scrapped) { Reason = why.Cause });
        if (!context.Resumes)
        {
            // The first board holds it as ciphertext under a key that is in the other chip alone.
            context.VoidOwn();
        }

        throw why;
    }

    private static LineJournal Take(LineContext context, MacAddress found)
    {
        try
        {
            return LineJournal.Open(context.Ledger, found);
        }
        catch (LineException e) when (e.Code == InUse)
        {
            // Another line is at it, which will see for itself.
            throw Another(context, found);
        }
    }

    private static LineException Another(LineContext context, MacAddress found) => new(
        "109",
        $"the board was {context.Chip.Mac} and is {found} now.",
        "Leave a board in its place until the line is done with it; then run the command again for each.");
}
