using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Line;

/// <summary>1: what chip is at the port, and what is burned into it. Changes nothing.</summary>
internal sealed class InspectStep : ILineStep
{
    private const string NoAnswer = "MKX-CHIP-012";
    private const string Locked = "MKX-CHIP-019";

    public string Name => StepNames.Inspect;

    public string Title => "look at the chip";

    public bool Applies(LineContext context) => true;

    public async Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        RequireFieldIdentity(context);
        await LookAsync(context, cancel);
        var chip = context.Chip;
        context.Journal = LineJournal.Open(context.Ledger, chip.Mac, context.Keeps);
        return $"{chip.Description} v{chip.MajorRevision}.{chip.MinorRevision}, {chip.Mac}, {chip.FlashSize / (1024 * 1024)} MB";
    }

    /// <exception cref="LineException">135: the identity would be a development one.</exception>
    private static void RequireFieldIdentity(LineContext context)
    {
        if (context.Request.Policy != ProvisioningPolicy.Lab && context.Authority.IsDevelopment)
        {
            throw new LineException("135", "the authority has 'development' in its name: no broker in the field trusts its devices, and a device that is locked for ever cannot be given another identity.", "Use the authority of the field; --policy lab takes this one, for the laboratory.");
        }
    }

    /// <summary>The same without its journal.</summary>
    /// <exception cref="LineException">106…109, 130…133: the board, or the bundle, is not fit.</exception>
    internal static async Task LookAsync(LineContext context, CancellationToken cancel)
    {
        var port = context.Request.Port;
        BundleFitness.Require(context.Request.Bundle, context.Request.Policy, port);
        context.Chip = await FindAsync(context.Tools, port, context.Ledger, cancel);
        var chip = context.Chip;
        context.Progress.Found(chip.Mac);
        var oldest = context.Request.Bundle.Chip.OldestRevision;
        if (!oldest.Allows(chip))
        {
            throw new LineException("107", $"this {chip.Description} is revision v{chip.MajorRevision}.{chip.MinorRevision}: {oldest.Why}.", $"Use revision v{oldest.Major}.{oldest.Minor} or newer.");
        }

        if (chip.FlashSize < context.Request.Bundle.FlashSize)
        {
            throw new LineException("108", $"the flash of this board has {chip.FlashSize / 1024} KB, the bundle needs {context.Request.Bundle.FlashSize / 1024} KB.", "Use a bundle for this board, or the board that the bundle is for.");
        }

        context.Efuses = await context.Tools.Espefuse.SummaryAsync(port, cancel);
        SwappedBoard.Refuse(context, context.Efuses.Mac);
    }

    /// <summary>Which board is at the port.</summary>
    /// <exception cref="LineException">106: it is silent, or does not say which one it is, and may be one that the line was locking.</exception>
    internal static async Task<ChipInspection> FindAsync(ChipTools tools, ChipPort port, DeviceLedger ledger, CancellationToken cancel)
    {
        try
        {
            return await tools.Esptool.InspectAsync(port, cancel);
        }
        catch (ChipException e) when (e.Code is NoAnswer or Locked && PerhapsSealed(ledger) is { } hint)
        {
            throw new LineException("106", e.Cause, hint, e);
        }
    }

    /// <summary>
    /// A sealed chip is silent, and one in secure download mode tells neither its address nor its fuses. If the line stopped while it locked some, this may be one of them.
    /// </summary>
    private static string? PerhapsSealed(DeviceLedger ledger)
    {
        using var view = ledger.Read();
        var boards = view.UnfinishedAt(StepNames.Lock)
            .Select(board => LineHistory.Of(view.Journal(board)))
            .Where(history => history is { Locking: true, Burning: not null })
            .Select(history => $"board {history.Burning!.Plan?.Mac} (device {history.Burning.DeviceId})")
            .ToList();
        return boards.Count == 0
            ? null
            : $"If it is {string.Join(" or ", boards)}: the line stopped while it locked that one, after all else was verified; see whether its device comes online, then it is done: it is in the ledger, and 'makapix device label' draws its label.";
    }
}
