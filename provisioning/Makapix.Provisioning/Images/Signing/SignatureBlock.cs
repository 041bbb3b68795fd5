using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Images.Signing;

/// <summary>
/// The signature of secure boot v2 behind an image: one block of 1,216 bytes in a sector of its own, with all that the mask ROM takes from it (ESP-IDF,
/// "Secure Boot V2", Signature Block Format). The ROM trusts the key in it by its digest alone.
/// </summary>
public sealed class SignatureBlock
{
    /// <summary>Bytes that a signature adds to an image which fills its last sector.</summary>
    public const int SectorLength = 4096;

    internal const int BlockLength = 1216;

    private const byte Magic = 0xE7;
    private const byte RsaVersion = 2;
    private const int ImageDigestAt = 4;
    private const int KeyAt = 36;
    private const int SignatureAt = 812;
    private const int CrcAt = 1196;
    private const int PaddingAt = 1200;

    private readonly byte[] _block;

    private SignatureBlock(ReadOnlySpan<byte> block)
    {
        _block = block.ToArray();
        KeyDigest = Convert.ToHexStringLower(SHA256.HashData(_block.AsSpan(KeyAt, SignatureAt - KeyAt)));
    }

    /// <summary>SHA-256 of the public key as the block has it, lower-case hex: what is burned into a chip.</summary>
    public string KeyDigest { get; }

    private SignatureKey Key => new(_block.AsSpan(KeyAt, SignatureAt - KeyAt));

    /// <summary>Where the block of an image lies, and how much of it is signed: the image and what fills its last sector.</summary>
    /// <param name="imageLength">Bytes of the image with its SHA-256.</param>
    public static int SignedLength(int imageLength) => (imageLength + SectorLength - 1) / SectorLength * SectorLength;

    /// <summary>The block behind an image, not verified; null if none begins there.</summary>
    /// <param name="bytes">The image, and what follows it.</param>
    /// <param name="imageLength">Bytes of the image with its SHA-256.</param>
    public static SignatureBlock? Find(ReadOnlySpan<byte> bytes, int imageLength)
    {
        var at = SignedLength(imageLength);
        return bytes.Length >= at + BlockLength && bytes[at] == Magic ? new SignatureBlock(bytes.Slice(at, BlockLength)) : null;
    }

    /// <summary>Verifies as mask ROM and bootloader do: the block, the image's digest in it, and the signature of that by the key in it.</summary>
    /// <param name="bytes">The image, and what follows it.</param>
    /// <param name="imageLength">Bytes of the image with its SHA-256.</param>
    /// <param name="what">What the image is, for the message: "bootloader.bin".</param>
    /// <exception cref="ImageException">101: the block is damaged. 102: another image was signed. 103: the signature is not of the key beside it.</exception>
    public void Verify(ReadOnlySpan<byte> bytes, int imageLength, string what)
    {
        if (_block[1] != RsaVersion
            || BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(CrcAt)) != Crc32.IsoHdlc(_block.AsSpan(0, CrcAt))
            || _block.AsSpan(2, 2).ContainsAnyExcept((byte)0) || _block.AsSpan(PaddingAt).ContainsAnyExcept((byte)0))
        {
            throw new ImageException("101", $"the signature block of {what} is damaged, or of another scheme than RSA-3072.", "Sign the bundle again: makapix bundle sign.");
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..SignedLength(imageLength)], digest);
        if (!digest.SequenceEqual(_block.AsSpan(ImageDigestAt, digest.Length)))
        {
            throw new ImageException("102", $"the signature of {what} is for another image.", "Do not use it: it was changed after it was signed. Take it from the build and sign it again.");
        }

        var key = Key;
        if (!key.IsUsable || !key.Verifies(digest, SignatureKey.Reversed(_block.AsSpan(SignatureAt, CrcAt - SignatureAt))))
        {
            throw new ImageException("103", $"the signature of {what} was not made by the key beside it.", "Do not use it: no chip boots it. Sign the bundle again: makapix bundle sign.");
        }
    }

    /// <summary>Whether the key of this block, which is verified, signed those bytes too.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="signature">Highest byte first.</param>
    public bool AlsoSigned(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => Key.Verifies(SHA256.HashData(data), signature);
}
