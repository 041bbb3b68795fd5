using System;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Boot;

namespace Makapix.VirtualEsp32.Firmware;

/// <summary>What the chip runs between one reset and the next: its firmware, or nothing.</summary>
internal sealed class VirtualCpu(VirtualChip chip, LoaderServerOptions options) : IAsyncDisposable
{
    /// <summary>The firmware that runs; null while the chip is in its loader, or does not boot.</summary>
    public IRunningFirmware? Running { get; private set; }

    /// <summary>A reset without download mode: boots from flash. A chip that does not boot runs nothing.</summary>
    public void Boot()
    {
        if (options.Firmware is not { } firmware)
        {
            return;
        }

        using var boot = VirtualBoot.Run(chip);
        Running = boot.Booted ? firmware.Start(boot.IdentityBlob) : null;
        options.Log?.Invoke(boot.Failure?.Message ?? $"booted, flash encryption {(boot.FlashEncrypted ? "on" : "off")}");
    }

    /// <summary>Ends what runs: a reset, or the power.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Running is { } running)
        {
            Running = null;
            await running.DisposeAsync();
        }
    }
}
