using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Line;

/// <summary>
/// What is burned into a classic ESP32, as data. The list for release is the one that ESP-IDF checks
/// (<c>bootloader_support/src/flash_encrypt.c</c>), which is longer than the one in Espressif's manual.
/// </summary>
/// <param name="Policy">What it is for.</param>
/// <param name="Burns">Burned together once the ciphertext is in flash and verified.</param>
/// <param name="Locks">Burned last, after everything else was read back: from then on the chip may not answer any more.</param>
public sealed partial record EfusePlan(ProvisioningPolicy Policy, ImmutableArray<EfuseChange> Burns, ImmutableArray<EfuseChange> Locks)
{
    /// <summary>All seven bits: an odd number for ever, since no bit is left to make it even.</summary>
    private const uint CountForEver = 0x7F;

    /// <summary>All four parts of the key are tweaked by the address; with 0 equal blocks would have equal ciphertext.</summary>
    private const uint FullTweak = 0xF;

    private static readonly ImmutableArray<EfuseChange> LabBurns =
    [
        new(Esp32Efuses.FlashKeyBlock, EfuseAction.Key, 0, false, "random flash key of this chip alone; no software can read it"),
        new(Esp32Efuses.FlashCryptConfig, EfuseAction.Value, FullTweak, false, "the whole key depends on the address"),
        new(Esp32Efuses.FlashCryptCount, EfuseAction.Value, 1, true, "flash encryption on; can be turned off three times more"),
    ];

    private static readonly ImmutableArray<EfuseChange> ReleaseBurns =
    [
        LabBurns[0],
        LabBurns[1],
        new(Esp32Efuses.FlashCryptCount, EfuseAction.Value, CountForEver, false, "flash encryption on for ever"),
        new(Esp32Efuses.DisableDownloadEncrypt, EfuseAction.Value, 1, false, "the ROM loader encrypts nothing for a stranger"),
        new(Esp32Efuses.DisableDownloadDecrypt, EfuseAction.Value, 1, false, "the ROM loader decrypts nothing for a stranger"),
        new(Esp32Efuses.DisableDownloadCache, EfuseAction.Value, 1, false, "the ROM loader does not see decrypted flash through the cache"),
        new(Esp32Efuses.JtagDisable, EfuseAction.Value, 1, false, "no debugger reads memory or the decrypted flash"),
        new(Esp32Efuses.ConsoleDebugDisable, EfuseAction.Value, 1, false, "no BASIC console when nothing boots"),
        new(Esp32Efuses.DisableCache, EfuseAction.WriteProtect, 0, false, "nobody can turn the cache off, which would kill the device"),
    ];

    /// <summary>The plan of a policy.</summary>
    public static EfusePlan For(ProvisioningPolicy policy) => policy switch
    {
        ProvisioningPolicy.Release => new(policy, ReleaseBurns, []),
        ProvisioningPolicy.Sealed => new(policy, ReleaseBurns, [new(Esp32Efuses.UartDownloadDisable, EfuseAction.Value, 1, false, "the ROM loader is off: nobody writes this flash again")]),
        ProvisioningPolicy.Lab => new(policy, LabBurns, []),
        _ => throw new ArgumentOutOfRangeException(nameof(policy)),
    };

    /// <summary>What the fields of BLOCK0 that decide about security are when <paramref name="changes"/> are done, and nothing else is.</summary>
    private static Dictionary<string, uint> Expected(IEnumerable<EfuseChange> changes)
    {
        var expected = Esp32Efuses.Security.ToDictionary(name => name, _ => 0u, StringComparer.Ordinal);
        foreach (var change in changes)
        {
            switch (change.Action)
            {
                case EfuseAction.Value:
                    expected[change.Name] = change.Value;
                    break;
                case EfuseAction.WriteProtect:
                    expected[Esp32Efuses.WriteDisable] |= Esp32Efuses.WriteDisableCacheBit;
                    break;
                case EfuseAction.Key:
                    expected[Esp32Efuses.WriteDisable] |= Esp32Efuses.WriteDisableFlashKeyBit;
                    expected[Esp32Efuses.ReadDisable] |= Esp32Efuses.ReadDisableFlashKeyBit;
                    break;
            }
        }

        return expected;
    }
}
