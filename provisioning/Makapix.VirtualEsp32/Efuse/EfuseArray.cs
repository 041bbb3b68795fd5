using System;
using System.IO;
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

    internal EfuseArray(uint[] words, EfuseFile file, PowerRail power)
    {
        _words = words;
        _file = file;
        _power = power;
    }

    /// <summary>Whether flash encryption is on: FLASH_CRYPT_CNT has an odd number of ones.</summary>
    public bool FlashEncryptionEnabled => (uint.PopCount(Read("FLASH_CRYPT_CNT")) & 1) != 0;

    /// <summary>The factory MAC address.</summary>
    internal MacAddress Mac
    {
        get
        {
            lock (_gate)
            {
                return new MacAddress((((ulong)_words[2] & 0xFFFF) << 32) | _words[1]);
            }
        }
    }

    /// <summary>The value of a field of at most 32 bits.</summary>
    /// <param name="field">Espressif's name, such as <c>FLASH_CRYPT_CNT</c>.</param>
    /// <exception cref="ArgumentException">The classic ESP32 has no such eFuse, or it is longer than 32 bits.</exception>
    public uint Read(string field)
    {
        var found = EfuseMap.Find(field);
        if (found.Length > 32)
        {
            throw new ArgumentException($"{field} is longer than 32 bits.", nameof(field));
        }

        lock (_gate)
        {
            return (_words[EfuseBlock.All[found.Block].FirstWord + found.Word] >> found.Position) & (uint)((1UL << found.Length) - 1);
        }
    }

    /// <summary>Copies a whole block out, word 0 first, each little-endian; the caller clears the copy of a key after use.</summary>
    /// <param name="block">0 … 3.</param>
    /// <param name="destination">28 bytes for BLOCK0, 32 for the others.</param>
    public void ReadBlock(int block, Span<byte> destination)
    {
        var where = EfuseBlock.All[block];
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
            EfuseProtection.ClearHidden(_words, destination);
        }
    }

    /// <summary>Burns the ones of <paramref name="data"/> into a block, but for what WR_DIS guards, and saves the file.</summary>
    /// <exception cref="PowerLostException">Power went: a random part of the new bits is burned.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Burn(EfuseBlock block, ReadOnlySpan<uint> data)
    {
        lock (_gate)
        {
            Span<uint> allowed = stackalloc uint[EfuseBlock.TotalWords];
            data.CopyTo(allowed[block.FirstWord..]);
            EfuseProtection.ClearGuarded(_words, allowed);
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
