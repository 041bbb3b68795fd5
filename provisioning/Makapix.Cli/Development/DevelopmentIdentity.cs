using System;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Storage;

namespace Makapix.Cli.Development;

/// <summary>
/// An identity for a developer's own board, without a factory: the one kind whose key lies on a disk. So it comes only from an authority that calls itself
/// a development one, and that no broker in the field trusts; and it goes only into files that git ignores and no release is built with.
/// </summary>
internal sealed class DevelopmentIdentity(CertificateAuthority authority, string folder)
{
    /// <summary>The blob, for <c>makapix device run --identity</c>.</summary>
    public const string BlobFile = "development.identity";

    /// <summary>The same as source, which a Debug build of <c>Makapix.Device.Identity</c> takes in.</summary>
    public const string SourceFile = "DevelopmentIdentity.local.cs";

    /// <summary>Issues an identity and writes both files. Returns who it is.</summary>
    /// <exception cref="CliException">051: the authority is no development one. 052: the folder is not there.</exception>
    public Guid Write(string host, ushort port, string? wifiSsid, ReadOnlySpan<byte> wifiPassword)
    {
        if (!authority.IsDevelopment)
        {
            throw new CliException(
                "051", "that is not a development authority.", $"Make one: makapix ca init --name \"Makapix {CertificateAuthority.DevelopmentMark}\" …; devices in the field get their keys from the line.");
        }

        if (!Directory.Exists(folder))
        {
            throw new CliException("052", $"there is no folder {folder}.", "Run makapix in the repository, or name a folder with --out.");
        }

        using var identity = authority.IssueDevice(Guid.NewGuid());
        var blob = IdentityBlob.EncodeIssued(identity, host, port, wifiSsid, wifiPassword);
        var source = Source(blob);
        try
        {
            DurableFile.Replace(Path.Combine(folder, BlobFile), blob, DurableFile.Private);
            DurableFile.Replace(Path.Combine(folder, SourceFile), source, DurableFile.Private);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(blob);
            CryptographicOperations.ZeroMemory(source);
        }

        return identity.DeviceId;
    }

    private static byte[] Source(byte[] blob)
    {
        const int RowLength = 16;
        var text = new StringBuilder(6 * blob.Length + 1024);
        text.Append("""
            // A development identity with its private key, for this machine alone. Written by 'makapix identity dev'; ignored by git; not in a Release build.
            namespace Makapix.Device.Identity
            {
                public static partial class IdentityBlob
                {
                    static partial void Develop(ref byte[] blob) => blob = new byte[]
                    {

            """);
        for (var at = 0; at < blob.Length; at += RowLength)
        {
            text.Append("            ");
            for (var i = at; i < at + RowLength; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"0x{blob[i]:X2},").Append(i + 1 < at + RowLength ? ' ' : '\n');
            }
        }

        text.Append("        };\n    }\n}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
