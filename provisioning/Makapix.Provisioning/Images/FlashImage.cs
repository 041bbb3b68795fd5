using System;
using System.Security.Cryptography;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Images;

/// <summary>What goes to one place of the flash, padded to the 32 bytes in which encrypted flash is written. It may hold secrets.</summary>
/// <param name="name">What it is: <c>bootloader</c>, <c>partition-table</c>, or a partition's name.</param>
/// <param name="address">Flash address.</param>
/// <param name="content">Its bytes; copied.</param>
public sealed class FlashImage(string name, uint address, ReadOnlySpan<byte> content) : IDisposable
{
    /// <summary>What it is.</summary>
    public string Name { get; } = name;

    /// <summary>Flash address, a multiple of 4096.</summary>
    public uint Address { get; } = address;

    /// <summary>Its bytes, a multiple of 32; may be encrypted in place.</summary>
    public byte[] Bytes { get; } = Pad(content);

    /// <summary>Clears the bytes.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(Bytes);

    /// <summary>A copy, padded with 0xFF, as erased flash reads.</summary>
    internal static byte[] Pad(ReadOnlySpan<byte> content)
    {
        var padded = SecretBytes.Allocate((content.Length + Esp32FlashCipher.RowLength - 1) / Esp32FlashCipher.RowLength * Esp32FlashCipher.RowLength);
        padded.AsSpan(content.Length).Fill(0xFF);
        content.CopyTo(padded);
        return padded;
    }
}
