using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Line;

public sealed partial record EfusePlan
{
    /// <summary>Everything somebody has burned into a chip that should be as it left Espressif, as <c>NAME = value</c>.</summary>
    /// <exception cref="ChipException">A field cannot be read.</exception>
    public static ImmutableArray<string> Foreign(EfuseSummary summary)
    {
        var found = Esp32Efuses.Security
            .Where(name => name != Esp32Efuses.ConsoleDebugDisable && summary.Number(name) != 0)
            .Select(name => $"{name} = 0x{summary.Number(name):x}");
        string[] blocks = [Esp32Efuses.FlashKeyBlock, Esp32Efuses.SecureBootBlock];
        return [.. found, .. blocks.Where(name => !summary.Block(name).IsEmpty).Select(name => $"{name} holds a key")];
    }

    /// <summary>Each way in which a chip is not as this plan leaves it, as <c>NAME is … instead of …</c>; empty if it is.</summary>
    /// <param name="summary">The chip.</param>
    /// <param name="locked">Whether <see cref="Locks"/> are burned too.</param>
    /// <exception cref="ChipException">A field cannot be read.</exception>
    public ImmutableArray<string> Differences(EfuseSummary summary, bool locked)
    {
        var different = new List<string>();
        foreach (var (name, value) in Expected(locked ? Burns.Concat(Locks) : Burns))
        {
            var actual = summary.Number(name);
            if (actual != value && !(name == Esp32Efuses.ConsoleDebugDisable && actual == 1))
            {
                different.Add($"{name} is 0x{actual:x} instead of 0x{value:x}");
            }
        }

        var key = summary.Block(Esp32Efuses.FlashKeyBlock);
        if (key.Readable || key.Writeable)
        {
            different.Add($"{key.Name} can be {(key.Readable ? "read" : "written")}");
        }

        if (!summary.Block(Esp32Efuses.SecureBootBlock).IsEmpty)
        {
            different.Add($"{Esp32Efuses.SecureBootBlock} is not empty");
        }

        return [.. different];
    }
}
