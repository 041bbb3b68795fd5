using System;
using System.IO;
using System.Threading;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.VirtualEsp32.Efuse;
using Makapix.VirtualEsp32.Flash;
using Makapix.VirtualEsp32.Power;
using Makapix.VirtualEsp32.Silicon;

namespace Makapix.VirtualEsp32;

/// <summary>
/// A chip with 4 MB of flash, kept in a directory: <c>flash.bin</c>, <c>efuse.bin</c>, its kind and a lock. A classic ESP32 (D0WD-V3, revision v3.1) unless it is told otherwise.
/// What it holds survives the process; one process at a time has it.
/// </summary>
public sealed class VirtualChip : IDisposable
{
    private readonly FileStream _lock;

    private VirtualChip(string directory, ChipModel model, NorFlash flash, EfuseArray efuses, FileStream @lock)
    {
        Model = model;
        Directory = directory;
        _lock = @lock;
        Flash = flash;
        Efuses = efuses;
    }

    /// <summary>Full path of the state directory.</summary>
    public string Directory { get; }

    /// <summary>What kind of chip it is.</summary>
    public ChipProfile Profile => Model.Profile;

    /// <summary>The flash, raw.</summary>
    public NorFlash Flash { get; }

    /// <summary>The fuses, as the silicon has them.</summary>
    public EfuseArray Efuses { get; }

    /// <summary>The address burned into the chip.</summary>
    public MacAddress Mac => Efuses.Mac;

    internal ChipModel Model { get; }

    /// <summary>Held by whoever works the chip: the loader while it serves a request, the boot while it runs.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Opens a chip, or makes a factory-fresh one where there is none.</summary>
    /// <param name="directory">The state directory; made if it does not exist.</param>
    /// <param name="mac">The address of a fresh chip, or what an existing one must have; without it a fresh one gets an address of its own.</param>
    /// <param name="power">What the chip runs on; without it, power that never goes.</param>
    /// <param name="kind">The kind of a fresh chip, or what an existing one must be; without it, a fresh one is an ESP32.</param>
    /// <param name="faults">What is wrong with its flash; without it, nothing.</param>
    /// <exception cref="VirtualChipException">010 … 016: the directory or a file in it cannot be used, is in use, or is of another chip.</exception>
    public static VirtualChip Open(string directory, MacAddress? mac = null, IPowerSupply? power = null, ChipProfile? kind = null, FlashFaults? faults = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        using var opening = new StateDirectory(directory);
        var rail = new PowerRail(power ?? new SteadyPower());
        var model = ChipModels.Of(opening.OpenKind(kind));
        var efuses = opening.OpenEfuses(model, mac, rail);
        try
        {
            return new VirtualChip(opening.Path, model, opening.OpenFlash(rail, faults ?? FlashFaults.None), efuses, opening.TakeLock());
        }
        catch
        {
            efuses.Dispose();
            throw;
        }
    }

    /// <summary>Switches the chip off and lets another process have it.</summary>
    public void Dispose()
    {
        Flash.Dispose();
        Efuses.Dispose();
        _lock.Dispose();
    }
}
