using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Line;

/// <summary>What would be done to any fresh chip of a kind, without one at hand.</summary>
/// <param name="Chip">The kind, as people have it.</param>
/// <param name="Cipher">How its flash is encrypted.</param>
/// <param name="Policy">How far it is locked.</param>
/// <param name="Images">What is written; empty if no bundle says it.</param>
/// <param name="Efuses">What is burned, in this order.</param>
/// <param name="Others">The eFuses that decide about security and are not burned.</param>
/// <param name="BurnHash">SHA-256 of what is burned: the same as in the plan of a board (<see cref="ProvisioningPlan.BurnHash"/>).</param>
public sealed record ChipPlan(
    string Chip,
    FlashCipherKind Cipher,
    ProvisioningPolicy Policy,
    IReadOnlyList<PlannedImage> Images,
    IReadOnlyList<PlannedEfuse> Efuses,
    IReadOnlyList<OtherEfuse> Others,
    string BurnHash)
{
    /// <summary>For a kind of chip.</summary>
    /// <param name="plan">What is burned.</param>
    /// <param name="bundle">What is written, if that is known.</param>
    public static ChipPlan Of(EfusePlan plan, FirmwareBundle? bundle)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var fresh = EfuseSummary.OfFresh(plan.Chip);
        return new ChipPlan(
            plan.Chip.Title,
            plan.Cipher.Kind,
            plan.Policy,
            bundle is null ? [] : [.. PlanStep.Areas(bundle).OrderBy(area => area.Address)],
            plan.Table(fresh),
            plan.Others(fresh),
            plan.Hash());
    }

    /// <summary>As one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LineJson.Options);
}
