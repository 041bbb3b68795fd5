using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace Makapix.Provisioning.Images;

/// <summary>
/// The rows of <see cref="Esp32FlashCipher"/> on the processor's AES instructions.
/// </summary>
/// <remarks>
/// Why not the platform's AES alone: every 32 bytes need a new key, and setting one costs it far more than two blocks do. Measured
/// (<c>makapix bench encrypt</c>), it is four to eight times as fast as the espsecure process; this is fifty times and more.
/// The rounds are the processor's, so they take the same time whatever the key is; what is written out here is the key schedule
/// (FIPS 197, section 5.2) alone. A test holds it against <see cref="PlatformAesRows"/> and espsecure.
/// </remarks>
internal static class AesInstructionRows
{
    private const int Rounds = 14;

    public static bool IsSupported => X86Aes.IsSupported && Ssse3.IsSupported;

    private static Vector128<byte> Reversal => Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);

    // The last word of a round key in every column, rotated (RotWord) or as it is.
    private static Vector128<byte> LastWordRotated => Vector128.Create(0x0C0F0E0Du).AsByte();

    private static Vector128<byte> LastWord => Vector128.Create(0x0F0E0D0Cu).AsByte();

    public static void Transform(RowKeys keys, Span<byte> data, uint address, bool encrypt)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector128<byte>>(data);
        Span<Vector128<byte>> schedule = stackalloc Vector128<byte>[Rounds + 1];
        var row = address / Esp32FlashCipher.RowLength;
        var key = keys.Of(row);
        for (var i = 0; i < blocks.Length; row++)
        {
            ExpandKey(key, schedule);

            // Only the first row may begin in its middle, only the last one may end there.
            var first = i == 0 && address % Esp32FlashCipher.RowLength != 0;
            var pair = !first && i + 1 < blocks.Length;
            var a = Ssse3.Shuffle(blocks[i], Reversal);
            var b = pair ? Ssse3.Shuffle(blocks[i + 1], Reversal) : a;
            if (encrypt)
            {
                AesDecrypt(schedule, ref a, ref b);
            }
            else
            {
                AesEncrypt(schedule, ref a, ref b);
            }

            blocks[i++] = Ssse3.Shuffle(a, Reversal);
            if (pair)
            {
                blocks[i++] = Ssse3.Shuffle(b, Reversal);
            }

            key = keys.Next(key, row);
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(schedule));
    }

    private static void AesEncrypt(ReadOnlySpan<Vector128<byte>> schedule, ref Vector128<byte> a, ref Vector128<byte> b)
    {
        a ^= schedule[0];
        b ^= schedule[0];
        for (var round = 1; round < Rounds; round++)
        {
            a = X86Aes.Encrypt(a, schedule[round]);
            b = X86Aes.Encrypt(b, schedule[round]);
        }

        a = X86Aes.EncryptLast(a, schedule[Rounds]);
        b = X86Aes.EncryptLast(b, schedule[Rounds]);
    }

    // The equivalent inverse cipher, FIPS 197 section 5.3.5.
    private static void AesDecrypt(ReadOnlySpan<Vector128<byte>> schedule, ref Vector128<byte> a, ref Vector128<byte> b)
    {
        a ^= schedule[Rounds];
        b ^= schedule[Rounds];
        for (var round = Rounds - 1; round > 0; round--)
        {
            var roundKey = X86Aes.InverseMixColumns(schedule[round]);
            a = X86Aes.Decrypt(a, roundKey);
            b = X86Aes.Decrypt(b, roundKey);
        }

        a = X86Aes.DecryptLast(a, schedule[0]);
        b = X86Aes.DecryptLast(b, schedule[0]);
    }

    private static void ExpandKey(Vector256<byte> key, Span<Vector128<byte>> schedule)
    {
        var even = schedule[0] = key.GetLower();
        var odd = schedule[1] = key.GetUpper();
        var rcon = 1u;
        for (var i = 2; i < Rounds; i += 2, rcon <<= 1)
        {
            schedule[i] = even = RunningXor(even) ^ SubWord(odd, LastWordRotated, rcon);
            schedule[i + 1] = odd = RunningXor(odd) ^ SubWord(even, LastWord, 0);
        }

        schedule[Rounds] = RunningXor(even) ^ SubWord(odd, LastWordRotated, rcon);
    }

    // AESENCLAST is ShiftRows, SubBytes and an XOR: on four equal columns ShiftRows changes nothing, so SubWord(word) ^ rcon is what comes out.
    private static Vector128<byte> SubWord(Vector128<byte> roundKey, Vector128<byte> selection, uint rcon) =>
        X86Aes.EncryptLast(Ssse3.Shuffle(roundKey, selection), Vector128.Create(rcon).AsByte());

    // Word n of the result is the XOR of words 0…n.
    private static Vector128<byte> RunningXor(Vector128<byte> words)
    {
        words ^= Sse2.ShiftLeftLogical128BitLane(words, 4);
        return words ^ Sse2.ShiftLeftLogical128BitLane(words, 8);
    }
}
