using System;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Images;

/// <summary>
/// The key of each 32-byte row: the flash key with address bits XORed into it. The tweak is linear in the address, so one 256-bit mask
/// for each of the 19 address bits is all there is to precompute.
/// </summary>
internal sealed class RowKeys : IDisposable
{
    private const int LowestBit = 5;
    private const int HighestBit = 23;

    private readonly byte[] _key;

    // _steps[n]: what changes in the tweak when address bits 5…5+n all flip, as they do when the row number is counted up.
    private readonly Vector256<byte>[] _steps = new Vector256<byte>[HighestBit - LowestBit + 1];

    public RowKeys(ReadOnlySpan<byte> key, byte flashCryptConfig)
    {
        _key = SecretBytes.Copy(key);
        var masks = new byte[_steps.Length][];
        for (var n = 0; n < masks.Length; n++)
        {
            masks[n] = new byte[Esp32FlashCipher.KeyLength];
        }

        var keyBit = 0;
        foreach (var top in (ReadOnlySpan<int>)[14, 12, 10, 8])
        {
            // Three runs through all address bits, then a short one: 3 × 19 + 10, + 8, + 6, + 4 bits, which are the four parts
            // that FLASH_CRYPT_CONFIG turns on one by one.
            var active = (flashCryptConfig & 1) != 0;
            flashCryptConfig >>= 1;
            foreach (var start in (ReadOnlySpan<int>)[HighestBit, HighestBit, HighestBit, top])
            {
                for (var addressBit = start; addressBit >= LowestBit; addressBit--, keyBit++)
                {
                    masks[addressBit - LowestBit][keyBit / 8] |= active ? (byte)(0x80 >> (keyBit % 8)) : (byte)0;
                }
            }
        }

        var sum = Vector256<byte>.Zero;
        for (var n = 0; n < masks.Length; n++)
        {
            sum ^= Vector256.Create(masks[n]);
            _steps[n] = sum;
        }
    }

    /// <summary>The AES key of row <paramref name="row"/> (address / 32).</summary>
    public Vector256<byte> Of(uint row)
    {
        var key = Vector256.Create<byte>(_key);
        for (var n = 0; n < _steps.Length; n++)
        {
            if ((row >> n & 1) != 0)
            {
                key ^= n == 0 ? _steps[0] : _steps[n] ^ _steps[n - 1];
            }
        }

        return key;
    }

    /// <summary>The key of row <paramref name="row"/> + 1, from the key of <paramref name="row"/>.</summary>
    public Vector256<byte> Next(Vector256<byte> key, uint row) =>
        BitOperations.TrailingZeroCount(row + 1) is var carry && carry < _steps.Length ? key ^ _steps[carry] : key;

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);
}
