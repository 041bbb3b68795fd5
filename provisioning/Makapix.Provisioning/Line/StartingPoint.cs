using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Line;

/// <summary>
/// Where a run begins: with a chip that nobody has fused, or in the middle of the burn that an earlier run did not finish.
/// Decided from the journal and the chip together: neither alone knows.
/// </summary>
/// <param name="Unfinished">The identity whose burn is to be finished; null to start over.</param>
/// <param name="ToVoid">Identities of earlier runs that must not stay good.</param>
internal sealed record StartingPoint(BoardIdentity? Unfinished, ImmutableArray<BoardIdentity> ToVoid)
{
    /// <exception cref="LineException">100…105: the chip cannot be provisioned, and why.</exception>
    public static StartingPoint Of(LineHistory history, EfuseSummary efuses, ProvisioningRequest request)
    {
        history.RefuseScrap();
        var chip = request.Bundle.Chip;
        foreach (var (field, words) in chip.RequiredWords.Where(required => !efuses.Words(required.Key).StartsWith(required.Value, StringComparison.Ordinal)))
        {
            throw new LineException("101", $"{field} of this chip is {efuses.Words(field)}.", $"Use a chip whose {field} is {words}: no other holds a whole flash key.");
        }

        var foreign = EfusePlan.Foreign(chip, efuses);
        return (foreign, history) switch
        {
            ({ IsEmpty: true }, { Finished: { } device }) => throw new LineException("102", $"the journal says that this board is device {device}, but nothing is burned into it: it is another board with the same address.", "Do not use it: find out where it comes from."),
            ({ IsEmpty: true }, { Burning: { } never }) => new StartingPoint(null, history.Unused.Add(never)),
            ({ IsEmpty: true }, _) => new StartingPoint(null, history.Unused),
            (_, { Burning: { } unfinished }) when unfinished is { Plan: { } plan, KeyHash: not null, Serial: not null, NotAfter: not null } => Begun(unfinished, plan, request) is { Count: > 0 } begun
                ? throw new LineException("103", "the burn of this board was begun for something else, which its flash holds already.", $"To finish it, run the command again {string.Join(" and ", begun)}; for anything else use another board.")
                : new StartingPoint(unfinished, history.Unused),
            (_, { Finished: { } device }) => throw new LineException("104", $"this board is device {device} already.", "Nothing is left to do for it."),

            // The line died between the two words of a scrapping.
            (_, { Voided: { } voided }) => throw LineHistory.Scrap($"it holds device {voided}, whose certificate is void."),
            _ => throw new LineException("105", $"somebody has fused this chip already: {string.Join(", ", foreign)}.", "Use a fresh board; eFuses cannot be cleared."),
        };
    }

    /// <summary>Each way in which the burn was begun for something else than is asked for now, in words of the command line. (The Wi-Fi password is not written down.)</summary>
    private static List<string> Begun(BoardIdentity unfinished, ProvisioningPlan plan, ProvisioningRequest request)
    {
        var differences = new List<string>();
        if (plan.Policy != request.Policy)
        {
            differences.Add($"with --policy {Word(plan.Policy)}");
        }

        if (request.DeviceId is { } id && id != unfinished.DeviceId)
        {
            differences.Add($"with --device-id {unfinished.DeviceId}");
        }

        if (!string.Equals(plan.Broker, request.Broker, StringComparison.OrdinalIgnoreCase))
        {
            differences.Add($"with --broker {plan.Broker}");
        }

        if (plan.SigningKeyDigest != request.Bundle.SigningKeyDigest)
        {
            differences.Add(plan.SigningKeyDigest is { } digest ? $"with a --bundle that is signed by the key with the digest {digest}" : "with a --bundle that is not built for secure boot");
        }

        if (plan.WifiSsid != request.WifiSsid)
        {
            differences.Add(plan.WifiSsid is null ? "without --wifi-ssid" : $"with --wifi-ssid '{plan.WifiSsid}'");
        }

        return differences;
    }

    private static string Word(ProvisioningPolicy policy) => policy.ToString().ToLowerInvariant();
}
