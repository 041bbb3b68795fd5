using System;
using System.Numerics;

namespace Makapix.VirtualEsp32.Flash;

/// <summary>What is wrong with a board's flash.</summary>
public sealed record FlashFaults
{
    /// <summary>Nothing.</summary>
    public static readonly FlashFaults None = new();

    /// <summary>Number of a 4 KB sector whose first cells are stuck at 0, whatever is erased and programmed; null for none.</summary>
    public int? BadSector
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)(value ?? 0), (uint)(NorFlash.Size / NorFlash.SectorSize), nameof(value));
            field = value;
        }
    }

    /// <summary>Capacity that it tells by its JEDEC id, in bytes, a power of two: a board with another flash than was ordered. What is there stays <see cref="NorFlash.Size"/>.</summary>
    public int ToldSize
    {
        get;
        init => field = BitOperations.IsPow2(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The capacity of a flash is a power of two.");
    } = NorFlash.Size;
}
