using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading;
using Makapix.Provisioning.Chips;
using Makapix.VirtualEsp32.Power;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>
/// The fuses themselves: bits that go from 0 to 1 once and never back. What this type reads is the truth of the silicon, read-protected
/// keys included, as the flash decryption hardware sees it; software on the chip, and the serial line, only ever see the eFuse controller's registers.
/// </summary>
public sealed class EfuseArray : IDisposable
{
    private readonly Lock _gate = new();
    private readonly uint[] _words;
    private readonly EfuseFile _file;
    private readonly PowerRail _power;

    internal EfuseArray(EfuseMap map, uint[] words, EfuseFile file, PowerRail power)
    {
        Map = map;
        _words = words;
        _file = file;
        _power = power;
    }

    /// <summary>Whether flash encryption is on: FLASH_CRYPT_CNT or SPI_BOOT_CRYPT_CNT has an odd number of ones.</summary>
    public bool FlashEncryptionEnabled => (uint.PopCount(Read(Map.CryptCounter)) & 1) != 0;

    internal EfuseMap Map { get; }

    /// <summary>The factory MAC address.</summary>
    internal MacAddress Mac
    {
        get
        {
            lock (_gate)
            {
                var found = Map.Find("MAC");
                var first = Map.Blocks[found.Block].FirstWord + found.Word;
                return new MacAddress((((ulong)_words[first + 1] & 0xFFFF) << 32) | _words[first]);
            }
        }
    }

    /// <summary>The value of a field of at most 32 bits.</summary>
    /// <param name="field">Espressif's name, such as <c>FLASH_CRYPT_CNT</c>.</param>
    /// <exception cref="ArgumentException">The chip has no such eFuse, or it is longer than 32 bits.</exception>
    public uint Read(string field)
    {
        var found = Map.Find(field);
        if (found.Length > 32)
        {
            throw new ArgumentException($"{field} is longer than 32 bits.", nameof(field));
        }

        lock (_gate)
        {
            return Map.Number(_words, found);
        }
    }

    /// <summary>Whether this kind of chip has a field of that name.</summary>
    internal bool Has(string field) => Map.Fields.Any(one => one.Name == field);

    /// <summary>Copies a whole block out, word 0 first, each little-endian; the caller clears the copy of a key after use.</summary>
    /// <param name="block">Its number.</param>
    /// <param name="destination">As long as the block: 32 bytes for any that holds a key.</param>
    public void ReadBlock(int block, Span<byte> destination)
    {
        var where = Map.Blocks[block];
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, where.Words * sizeof(uint), nameof(destination));
        lock (_gate)
        {
            MemoryMarshal.AsBytes(_words.AsSpan(where.FirstWord, where.Words)).CopyTo(destination);
        }
    }

    /// <summary>Clears the copy of the fuses that this process holds; the file stays.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_words.AsSpan()));

    /// <summary>What the read registers show after a reset or a read command: the fuses without what RD_DIS hides.</summary>
    internal void CopyVisible(Span<uint> destination)
    {
        lock (_gate)
        {
            _words.CopyTo(destination);
            EfuseProtection.ClearHidden(Map, _words, destination);
        }
    }

    /// <summary>Burns the ones of <paramref name="data"/> into a block, but for what WR_DIS guards, and saves the file.</summary>
    /// <exception cref="PowerLostException">Power went: a random part of the new bits is burned.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Burn(EfuseBlock block, ReadOnlySpan<uint> data)
    {
        lock (_gate)
        {
            Span<uint> allowed = stackalloc uint[Map.TotalWords];
            data.CopyTo(allowed[block.FirstWord..]);
            EfuseProtection.ClearGuarded(Map, _words, allowed);
            var cut = _power.Begin(PowerOperation.EfuseBurn);
            for (var i = block.FirstWord; i < block.FirstWord + block.Words; i++)
            {
                // A fuse is blown by heat over time: whichever had not had enough when power went is still whole.
                _words[i] |= cut is null ? allowed[i] : allowed[i] & (uint)cut.NextInt64(1L << 32);
            }

            _file.Save(_words);
            if (cut is not null)
            {
                throw new PowerLostException(PowerOperation.EfuseBurn);
            }
        }
    }
}
