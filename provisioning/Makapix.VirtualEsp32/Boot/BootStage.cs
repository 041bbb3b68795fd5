using System;
using System.Security.Cryptography;
using Makapix.Provisioning.Images;
using Makapix.VirtualEsp32.Flash;

namespace Makapix.VirtualEsp32.Boot;

/// <summary>Loads one thing after another through the cache path; what cannot be loaded is told with what the raw flash says about it.</summary>
internal sealed class BootStage(CachePath cache)
{
    /// <summary>Reads a region, hands it to <paramref name="parse"/> and clears it.</summary>
    /// <exception cref="VirtualChipException">With the code <paramref name="number"/>: it does not parse.</exception>
    public T Load<T>(string number, string what, uint address, int length, Func<ReadOnlyMemory<byte>, T> parse)
    {
        length -= length % FlashCiphers.BlockLength; // what is left of a partition of odd size, no cipher block can fill
        var content = cache.Read(address, length);
        try
        {
            return parse(content);
        }
        catch (ImageException e)
        {
            throw new VirtualChipException(number, $"no boot from the {what} at 0x{address:X}: {e.Cause}", Explain(address, length, parse), e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private string Explain<T>(uint address, int length, Func<ReadOnlyMemory<byte>, T> parse)
    {
        var raw = cache.ReadRaw(address, length);
        if (!raw.AsSpan(0, Math.Min(length, NorFlash.SectorSize)).ContainsAnyExcept(NorFlash.Erased))
        {
            return "That flash is erased: write it.";
        }

        if (!cache.Decrypts)
        {
            return $"Flash encryption is off: if ciphertext was written, burn {cache.Counter}; else write it again.";
        }

        return Parses(raw, parse)
            ? "It was written in plaintext, and flash encryption is on: write it encrypted with this chip's key."
            : "Flash encryption is on: write it encrypted with this chip's key, for this address.";
    }

    private static bool Parses<T>(byte[] raw, Func<ReadOnlyMemory<byte>, T> parse)
    {
        try
        {
            (parse(raw) as IDisposable)?.Dispose();
            return true;
        }
        catch (MakapixException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(raw);
        }
    }
}
