using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Images.Signing;
using Makapix.VirtualEsp32.Efuse;

namespace Makapix.VirtualEsp32.Boot;

/// <summary>
/// Secure boot v2 as mask ROM and bootloader do it: once it is turned on, an image must be signed by the key whose digest the chip's block for it shows to software.
/// A digest that is read-protected reads as zeros, and no key has that digest (ESP-IDF, Secure Boot V2, eFuse usage).
/// </summary>
internal sealed class SecureBoot
{
    /// <summary>SECURE_BOOT_DIGEST0; the other two follow (TRM, eFuse Controller, "Secure Key Purpose Values").</summary>
    private const uint FirstDigestPurpose = 9;

    private readonly string? _trusted;
    private readonly string _block;

    public SecureBoot(ChipProfile chip, EfuseArray efuses)
    {
        var digest = chip.SecureBoot.Digest;
        _block = digest.Block;
        if (efuses.Read(chip.SecureBoot.EnabledBy) == 0)
        {
            return;
        }

        // A block that was not told to hold a digest is none, nor is one that was revoked.
        if (digest.Purpose is { } purpose && (efuses.Read(purpose.Field) != purpose.Number || efuses.Read($"SECURE_BOOT_KEY_REVOKE{purpose.Number - FirstDigestPurpose}") != 0))
        {
            _trusted = Nobody;
            return;
        }

        Span<uint> visible = stackalloc uint[efuses.Map.TotalWords];
        efuses.CopyVisible(visible);
        var block = efuses.Map.Blocks[efuses.Map.Find(digest.Block).Block];
        _trusted = Convert.ToHexStringLower(MemoryMarshal.AsBytes(visible.Slice(block.FirstWord, block.Words)));
    }

    private static string Nobody => new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>Lets an image pass that may be started.</summary>
    /// <param name="bytes">The image, and what follows it.</param>
    /// <param name="image">What was found of it.</param>
    /// <param name="what">What it is.</param>
    /// <exception cref="VirtualChipException">110: it is not signed. 111: its signature is none. 112: it is signed by another key. 113: the chip trusts no key.</exception>
    public void Require(ReadOnlySpan<byte> bytes, EspImage image, string what)
    {
        if (_trusted is null)
        {
            return;
        }

        if (_trusted == Nobody)
        {
            throw new VirtualChipException("113", $"no boot from {what}: secure boot is on, and {_block} shows no digest: it is empty, read-protected, revoked or for something else.", "Nothing mends this chip; use another.");
        }

        var block = SignatureBlock.Find(bytes, image.Length) ?? throw new VirtualChipException("110", $"no boot from {what}: secure boot is on, and it is not signed.", "Write a bundle that is signed by this chip's key.");
        try
        {
            block.Verify(bytes, image.Length, what);
        }
        catch (ImageException e)
        {
            throw new VirtualChipException("111", $"no boot from {what}: secure boot is on. {e.Cause}", "Write a bundle that is signed by this chip's key.", e);
        }

        if (block.KeyDigest != _trusted)
        {
            throw new VirtualChipException("112", $"no boot from {what}: it is signed by the key with the digest {block.KeyDigest}, and this chip trusts {_trusted}.", "Write a bundle that is signed by this chip's key.");
        }
    }
}
