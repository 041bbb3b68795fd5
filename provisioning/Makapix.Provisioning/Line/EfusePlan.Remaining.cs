using System;
using System.Collections.Generic;
using System.Linq;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Line;

public sealed partial record EfusePlan
{
    /// <summary>The whole of step "burn" for a chip that nobody has fused.</summary>
    /// <param name="summary">The chip: what Espressif burned already is left out.</param>
    /// <param name="flashKey">32 bytes; the caller zeroes them.</param>
    public EfuseBurn Burn(EfuseSummary summary, ReadOnlyMemory<byte> flashKey) => Rest(Burns, summary) with { FlashKey = flashKey };

    /// <summary>The whole of step "lock".</summary>
    /// <param name="summary">The chip, after the burn.</param>
    public EfuseBurn Lock(EfuseSummary summary) => Rest(Locks, summary);

    /// <summary>
    /// What is missing on a chip whose burn was cut short. The key is gone from memory, so the key block decides: protected, it was
    /// burned whole (espefuse compares it before it protects it); readable, its hash tells whether it is the one the flash was encrypted with.
    /// </summary>
    /// <param name="summary">The chip, as it is now.</param>
    /// <param name="keyHash">SHA-256 of the flash key, from the journal.</param>
    /// <exception cref="LineException">120: the key block holds something else, so what is in flash can never be decrypted. 121: somebody else has burned eFuses.</exception>
    public EfuseBurn Remaining(EfuseSummary summary, string keyHash)
    {
        var expected = Expected(Burns);
        var strange = Esp32Efuses.Security.Where(name => name != Esp32Efuses.ConsoleDebugDisable && (summary.Number(name) & ~expected[name]) != 0).ToList();
        if (strange.Count > 0 || !summary.Block(Esp32Efuses.SecureBootBlock).IsEmpty)
        {
            throw new LineException("121", $"eFuses that the plan does not know are burned: {string.Join(", ", strange.DefaultIfEmpty(Esp32Efuses.SecureBootBlock))}.", "Set the board aside: another tool has fused it.");
        }

        var key = summary.Block(Esp32Efuses.FlashKeyBlock);
        if (key.Readable && key.KeyHash != keyHash)
        {
            throw new LineException("120", $"the flash key of this chip was burned in part before the power went: {Esp32Efuses.FlashKeyBlock} does not hold the key that its flash was encrypted with.", "Scrap the board; its certificate is void, and no device has its identity.");
        }

        return Rest(Burns, summary) with
        {
            ReadProtect = key.Readable ? [key.Name] : [],
            WriteProtect = [.. key.Writeable ? new[] { key.Name } : [], .. WriteProtects(Burns, summary)],
        };
    }

    private static EfuseBurn Rest(IEnumerable<EfuseChange> changes, EfuseSummary summary)
    {
        var all = changes.ToList();
        return new EfuseBurn
        {
            Values = [.. all.Where(c => c.Action == EfuseAction.Value && summary.Number(c.Name) != c.Value).Select(c => (c.Name, c.Value))],
            WriteProtect = [.. WriteProtects(all, summary)],
        };
    }

    private static IEnumerable<string> WriteProtects(IEnumerable<EfuseChange> changes, EfuseSummary summary) =>
        changes.Where(c => c.Action == EfuseAction.WriteProtect && (summary.Number(Esp32Efuses.WriteDisable) & Esp32Efuses.WriteDisableCacheBit) == 0).Select(c => c.Name);
}
