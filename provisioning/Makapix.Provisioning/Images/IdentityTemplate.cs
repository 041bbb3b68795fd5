using System;
using System.Buffers.Binary;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Images;

/// <summary>
/// The assembly <c>Makapix.Device.Identity</c>, which carries the identity blob as one byte-array constant: found by the blob's magic,
/// filled in place, and sealed again with the two CRCs that nanoCLR checks.
/// </summary>
public static class IdentityTemplate
{
    /// <summary>Name of the assembly: by it, the firmware and a boot loader's log tell it from the others.</summary>
    public const string AssemblyName = "Makapix.Device.Identity";

    private const int LengthPrefix = sizeof(ushort);

    /// <summary>A copy of a blank template with the blob in it. It holds the secrets: the caller clears it after use.</summary>
    /// <param name="pe">The assembly with a blank blob.</param>
    /// <param name="blob">What <see cref="IdentityBlob.Encode"/> made.</param>
    /// <exception cref="ImageException">040…045: a damaged assembly. 060…072: no valid blob. 080…083: no template, not unique, or not blank.</exception>
    public static byte[] Fill(byte[] pe, byte[] blob)
    {
        IdentityBlob.Decode(blob).Dispose();
        var place = RequireBlank(pe);
        var filled = SecretBytes.Copy(pe);
        blob.CopyTo(filled.AsSpan(place));
        PeFile.Seal(filled);
        return filled;
    }

    /// <summary>The blob in the assembly, blank or not. The caller clears it after use.</summary>
    /// <param name="pe">The assembly.</param>
    /// <returns><see cref="IdentityBlob.Length"/> bytes, for <see cref="IdentityBlob.Decode"/>.</returns>
    /// <exception cref="ImageException">040…045: a damaged assembly. 080…082: not one that carries a blob.</exception>
    public static byte[] Read(ReadOnlySpan<byte> pe) => SecretBytes.Copy(pe[FindBlob(pe)]);

    /// <summary>Where the blob goes in a template that is blank.</summary>
    /// <exception cref="ImageException">As <see cref="Fill"/>.</exception>
    internal static Range RequireBlank(ReadOnlySpan<byte> pe)
    {
        var place = FindBlob(pe);
        var blob = pe[place];
        return blob[IdentityBlob.Magic.Length] == IdentityBlob.BlankVersion && !blob[(IdentityBlob.Magic.Length + 1)..].ContainsAnyExcept((byte)0xFF)
            ? place
            : throw Bad("083", "is not blank: it may be another device's");
    }

    private static Range FindBlob(ReadOnlySpan<byte> pe)
    {
        if (PeFile.Parse(pe, "the identity template") is var header && (header.Name != AssemblyName || header.Length != pe.Length))
        {
            throw Bad("080", header.Name != AssemblyName ? $"is the assembly '{header.Name}'" : "goes on behind its end");
        }

        var at = pe.IndexOf(IdentityBlob.Magic);
        if (at < 0 || pe[(at + 1)..].IndexOf(IdentityBlob.Magic) >= 0)
        {
            throw Bad("081", at < 0 ? "has no place for a blob" : "has more than one place for a blob");
        }

        // The metadata processor puts a constant array into the signature table behind its length. A magic anywhere else is no place to write to.
        var signatures = PeFile.SignatureTable(pe);
        return at - LengthPrefix >= signatures.Start.Value
            && at + IdentityBlob.Length <= signatures.End.Value
            && BinaryPrimitives.ReadUInt16LittleEndian(pe[(at - LengthPrefix)..]) == IdentityBlob.Length
            ? at..(at + IdentityBlob.Length)
            : throw Bad("082", "has the magic of a blob where none can be");
    }

    private static ImageException Bad(string number, string what) =>
        new(number, $"the identity template {what}.", "Use Makapix.Device.Identity.pe as the firmware build makes it.");
}
