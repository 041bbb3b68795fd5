using System;
using System.IO;
using System.Security.Cryptography;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Images;

/// <summary>Flash encryption of a file with the key from another: what <c>espsecure encrypt_flash_data</c> and <c>decrypt_flash_data</c> do.</summary>
public static class FlashImageFile
{
    /// <summary>Encrypts a file. A length that is no multiple of 16 is padded with 0xFF to 32 (espsecure pads to 16, with random bytes).</summary>
    /// <param name="keyFile">32 bytes.</param>
    /// <param name="input">Plaintext.</param>
    /// <param name="output">Written whole or not at all; neither of the other files.</param>
    /// <param name="address">Flash address at which the image will lie.</param>
    /// <param name="flashCryptConfig">FLASH_CRYPT_CONFIG.</param>
    /// <exception cref="ImageException">001…005 as <see cref="Esp32FlashCipher"/>; 085: the output is an input; 086, 087: a file is too big.</exception>
    public static void Encrypt(string keyFile, string input, string output, uint address, byte flashCryptConfig) =>
        Transform(keyFile, input, output, address, flashCryptConfig, encrypt: true);

    /// <summary>Decrypts a file; the result is readable by its owner alone, since it may hold a device's identity.</summary>
    /// <param name="keyFile">32 bytes.</param>
    /// <param name="input">Ciphertext, a multiple of 16 bytes.</param>
    /// <param name="output">Written whole or not at all; neither of the other files.</param>
    /// <param name="address">Flash address at which the image lay.</param>
    /// <param name="flashCryptConfig">FLASH_CRYPT_CONFIG.</param>
    /// <exception cref="ImageException">001…005 as <see cref="Esp32FlashCipher"/>; 085: the output is an input; 086, 087: a file is too big.</exception>
    public static void Decrypt(string keyFile, string input, string output, uint address, byte flashCryptConfig) =>
        Transform(keyFile, input, output, address, flashCryptConfig, encrypt: false);

    private static void Transform(string keyFile, string input, string output, uint address, byte flashCryptConfig, bool encrypt)
    {
        foreach (var source in (ReadOnlySpan<string>)[keyFile, input])
        {
            if (RealPath(source) == RealPath(output))
            {
                throw new ImageException("085", $"the output is the same file as '{source}'.", "Name another output file.");
            }
        }

        var data = BoundedFile.Read(input, (int)Esp32FlashCipher.FlashLimit)
            ?? throw new ImageException("086", $"'{input}' has more than the 16 MiB of the biggest flash.", "Check the input file.");
        byte[] key = [];
        try
        {
            key = BoundedFile.Read(keyFile, Esp32FlashCipher.KeyLength)
                ?? throw new ImageException("087", $"'{keyFile}' has more than the {Esp32FlashCipher.KeyLength} bytes of a flash key.", "Check the key file.");
            using var cipher = new Esp32FlashCipher(key, flashCryptConfig);
            if (encrypt)
            {
                data = Pad(data);
                cipher.Encrypt(data, address);
            }
            else
            {
                cipher.Decrypt(data, address);
            }

            DurableFile.Replace(output, data, encrypt ? DurableFile.Public : DurableFile.Private);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(data);
        }
    }

    private static byte[] Pad(byte[] data)
    {
        if (data.Length % Esp32FlashCipher.BlockLength == 0)
        {
            return data;
        }

        var padded = FlashImage.Pad(data);
        CryptographicOperations.ZeroMemory(data);
        return padded;
    }

    private static string RealPath(string path) =>
        Path.GetFullPath((File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path);
}
