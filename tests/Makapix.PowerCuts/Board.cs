using System;
using System.IO;
using Makapix.Provisioning.Chips;
using Makapix.VirtualEsp32;
using Makapix.VirtualEsp32.Boot;
using Makapix.VirtualEsp32.Power;

namespace Makapix.PowerCuts;

/// <summary>A virtual chip from the factory to the scrap heap, switched off and on between.</summary>
internal sealed class Board : IDisposable
{
    private readonly string _folder;

    public Board(string folder, IPowerSupply power)
    {
        _folder = folder;
        Chip = VirtualChip.Open(folder, power: power);
        Mac = Chip.Mac;
    }

    public VirtualChip Chip { get; private set; }

    public MacAddress Mac { get; }

    /// <summary>Who it is while its firmware runs; null in the loader, and if it does not boot.</summary>
    public BootedIdentity? Running { get; private set; }

    /// <summary>Whether it answers a tool: its loader may be off since the last reset.</summary>
    public bool Answers { get; private set; } = true;

    /// <summary>A reset into the loader.</summary>
    public void Reset()
    {
        Running = null;
        Answers = Chip.Efuses.Read("UART_DOWNLOAD_DIS") == 0;
    }

    /// <summary>A reset into what is in its flash.</summary>
    /// <returns>Who it is then, or null if it does not boot as a device.</returns>
    public BootedIdentity? Boot()
    {
        using var boot = VirtualBoot.Run(Chip);
        return Running = boot.Booted && BootedIdentity.IsFilled(boot.IdentityBlob.Span) ? BootedIdentity.Of(boot) : null;
    }

    /// <summary>Off, and on again with power that stays.</summary>
    public void PowerCycle(IPowerSupply power)
    {
        Chip.Dispose();
        Chip = VirtualChip.Open(_folder, power: power);
        Reset();
    }

    /// <summary>Whether any of the secrets lies in the flash as a thief with a clip reads it.</summary>
    public bool FlashShows(SecretNeedles secrets) => secrets.AreIn(File.ReadAllBytes(Path.Combine(_folder, "flash.bin")));

    public void Dispose()
    {
        Chip.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
