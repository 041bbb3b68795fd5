using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Line;

/// <summary>2: what will be done, shown and in the journal before anything is written.</summary>
internal sealed class PlanStep : ILineStep
{
    public string Name => StepNames.Plan;

    public string Title => "plan";

    public bool Applies(LineContext context) => true;

    public Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        Decide(context, LineHistory.Of(context.Journal!.Entries));
        if (!context.Resumes)
        {
            context.DeviceId ??= Guid.NewGuid();

            // Drawn before the step that issues it begins: the journal names exactly the certificate that this run may leave behind.
            context.Serial = context.Authority.DrawSerial();
        }

        context.Progress.Planned(context.Plan);
        return Task.FromResult(context.Resumes
            ? $"finish the burn that was begun for device {context.DeviceId}"
            : $"{context.Plan.Images.Count} areas of flash, {context.Plan.Efuses.Count} eFuses");
    }

    /// <summary>Where the run begins, and what it will do. Draws nothing, and writes nothing down.</summary>
    /// <exception cref="LineException">100…105: the chip cannot be provisioned, and why.</exception>
    internal static void Decide(LineContext context, LineHistory history)
    {
        context.Start = StartingPoint.Of(history, context.Efuses, context.Request);
        if (context.Start.Unfinished is { } unfinished)
        {
            context.Plan = unfinished.Plan!;
            context.DeviceId = unfinished.DeviceId;
            context.Serial = unfinished.Serial;
            context.NotAfter = unfinished.NotAfter;
            context.KeyHash = unfinished.KeyHash;
        }
        else
        {
            context.Plan = Create(context);
            context.DeviceId = context.Request.DeviceId;
        }
    }

    private static ProvisioningPlan Create(LineContext context)
    {
        var chip = context.Chip;
        var bundle = context.Request.Bundle;
        return new ProvisioningPlan(
            chip.Mac.ToString(),
            $"{chip.Description} v{chip.MajorRevision}.{chip.MinorRevision}",
            chip.FlashSize,
            context.Request.Policy,
            context.Request.Broker,
            bundle.FirmwareVersion,
            bundle.IsStandIn,
            [.. Areas(bundle).OrderBy(area => area.Address)],
            context.EfusePlan.Table(context.Efuses))
        {
            WifiSsid = context.Request.WifiSsid,
            SigningKeyDigest = bundle.SigningKeyDigest,
            BurnHash = context.EfusePlan.Hash(),
        };
    }

    /// <summary>The images, and every partition that no image goes to: what a board brought along must not be read by the firmware.</summary>
    internal static IEnumerable<PlannedImage> Areas(FirmwareBundle bundle)
    {
        var images = bundle.Layout.ToList();
        return images.Select(i => new PlannedImage(i.Name, i.Address, i.Length, PlannedContent.Encrypted))
            .Concat(bundle.PartitionTable.Entries
                .Where(entry => images.TrueForAll(i => i.Address != entry.Offset))
                .Select(entry => new PlannedImage(entry.Name, entry.Offset, (int)entry.Size, PlannedContent.Erased)));
    }
}
