using System;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Images;

/// <summary>The rows of <see cref="Esp32FlashCipher"/> on the platform's AES: for processors without the instructions that <see cref="AesInstructionRows"/> needs.</summary>
internal static class PlatformAesRows
{
    public static void Transform(RowKeys keys, Span<byte> data, uint address, bool encrypt)
    {
        using var aes = Aes.Create();
        Span<byte> rowKey = stackalloc byte[Esp32FlashCipher.KeyLength];
        var row = address / Esp32FlashCipher.RowLength;
        var key = keys.Of(row);
        var length = Esp32FlashCipher.RowLength - (int)(address % Esp32FlashCipher.RowLength);
        while (!data.IsEmpty)
        {
            var part = data[..Math.Min(length, data.Length)];
            key.CopyTo(rowKey);
            aes.SetKey(rowKey);
            ReverseBlocks(part);
            if (encrypt)
            {
                aes.DecryptEcb(part, part, PaddingMode.None);
            }
            else
            {
                aes.EncryptEcb(part, part, PaddingMode.None);
            }

            ReverseBlocks(part);
            data = data[part.Length..];
            length = Esp32FlashCipher.RowLength;
            key = keys.Next(key, row++);
        }

        CryptographicOperations.ZeroMemory(rowKey);
    }

    private static void ReverseBlocks(Span<byte> data)
    {
        for (; !data.IsEmpty; data = data[Esp32FlashCipher.BlockLength..])
        {
            data[..Esp32FlashCipher.BlockLength].Reverse();
        }
    }
}
