using System;

namespace Makapix.Provisioning.Images;

/// <summary>Flash encryption as a chip does it: what a byte becomes depends on its flash address. There is no integrity in any of these schemes.</summary>
public interface IFlashCipher : IDisposable
{
    /// <summary>Encrypts in place what will lie at <paramref name="address"/> of the flash.</summary>
    /// <param name="data">Plaintext; a multiple of 16 bytes.</param>
    /// <param name="address">Flash address of the first byte; a multiple of 16.</param>
    /// <exception cref="ImageException">001 or 002: not a multiple of 16. 003: ends beyond what the scheme can address.</exception>
    void Encrypt(Span<byte> data, uint address);

    /// <summary>Decrypts in place what lies at <paramref name="address"/> of the flash, as the chip's cache does.</summary>
    /// <param name="data">Ciphertext; a multiple of 16 bytes.</param>
    /// <param name="address">Flash address of the first byte; a multiple of 16.</param>
    /// <exception cref="ImageException">001 or 002: not a multiple of 16. 003: ends beyond what the scheme can address.</exception>
    void Decrypt(Span<byte> data, uint address);
}
