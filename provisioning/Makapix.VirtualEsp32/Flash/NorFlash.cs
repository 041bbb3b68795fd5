using System;
using System.IO;
using System.Threading;
using Makapix.VirtualEsp32.Power;
using Microsoft.Win32.SafeHandles;

namespace Makapix.VirtualEsp32.Flash;

/// <summary>
/// A 4 MB SPI NOR flash: a sector is erased to ones as a whole, and programming only ever clears bits. Each operation is written
/// through to the file before it returns, so the state outlives the process. Raw: what the chip's cache decrypts is ciphertext here.
/// </summary>
public sealed class NorFlash : IDisposable
{
    /// <summary>Capacity in bytes.</summary>
    public const int Size = 4 * 1024 * 1024;

    /// <summary>The unit of erasing, in bytes.</summary>
    public const int SectorSize = 4096;

    /// <summary>The unit of programming, in bytes: one program operation never crosses a page.</summary>
    public const int PageSize = 256;

    /// <summary>What an erased cell reads as.</summary>
    internal const byte Erased = 0xFF;

    /// <summary>How many cells of a bad sector are stuck: by chance, ciphertext would be what they hold once in 2^128 times.</summary>
    private const int StuckBytes = 16;

    private readonly Lock _gate = new();
    private readonly byte[] _cells;
    private readonly SafeFileHandle _file;
    private readonly PowerRail _power;
    private readonly FlashFaults _faults;

    internal NorFlash(byte[] cells, SafeFileHandle file, PowerRail power, FlashFaults faults)
    {
        _faults = faults;
        _cells = cells;
        _file = file;
        _power = power;
    }

    /// <summary>RDID: what it says of itself.</summary>
    internal byte[] Jedec => FlashIdentity.Jedec(_faults.ToldSize);

    /// <summary>Copies raw bytes out.</summary>
    /// <param name="address">First byte, 0 … <see cref="Size"/> - 1.</param>
    /// <param name="destination">Filled whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not within the flash.</exception>
    public void Read(uint address, Span<byte> destination)
    {
        lock (_gate)
        {
            Cells(address, destination.Length).CopyTo(destination);
        }
    }

    /// <summary>Sets the 4 KB sector that holds <paramref name="address"/> to ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The address is not within the flash.</exception>
    /// <exception cref="PowerLostException">Power went: only the first half of the sector is erased.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void EraseSector(uint address)
    {
        lock (_gate)
        {
            var start = address - (address % SectorSize);
            var sector = Cells(start, SectorSize);
            var cut = _power.Begin(PowerOperation.SectorErase) is not null;
            var done = cut ? sector[..(SectorSize / 2)] : sector;
            done.Fill(Erased);
            Stick();
            RandomAccess.Write(_file, done, start);
            if (cut)
            {
                throw new PowerLostException(PowerOperation.SectorErase);
            }
        }
    }

    /// <summary>Clears the bits that are 0 in <paramref name="data"/>, page by page; a bit that is already 0 stays 0.</summary>
    /// <param name="address">First byte.</param>
    /// <param name="data">Any length that fits.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not within the flash; nothing was programmed.</exception>
    /// <exception cref="PowerLostException">Power went: only the first half of one page's bytes is programmed, and no page after it.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Program(uint address, ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            _ = Cells(address, data.Length);
            while (!data.IsEmpty)
            {
                var length = Math.Min(data.Length, PageSize - (int)(address % PageSize));
                ProgramPage(address, data[..length]);
                address += (uint)length;
                data = data[length..];
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void ProgramPage(uint address, ReadOnlySpan<byte> data)
    {
        var cut = _power.Begin(PowerOperation.PageProgram) is not null;
        var done = cut ? data[..(data.Length / 2)] : data;
        var cells = Cells(address, done.Length);
        for (var i = 0; i < done.Length; i++)
        {
            cells[i] &= done[i];
        }

        Stick();
        RandomAccess.Write(_file, cells, address);
        if (cut)
        {
            throw new PowerLostException(PowerOperation.PageProgram);
        }
    }

    private void Stick()
    {
        if (_faults.BadSector is { } sector)
        {
            _cells.AsSpan(sector * SectorSize, StuckBytes).Clear();
        }
    }

    private Span<byte> Cells(uint address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)address + (ulong)length, (ulong)Size, nameof(address));
        return _cells.AsSpan((int)address, length);
    }
}
