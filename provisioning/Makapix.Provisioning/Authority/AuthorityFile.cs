using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority;

/// <summary>Reads the files of an authority's folder, and says so when one is missing or is not what it should be.</summary>
internal static class AuthorityFile
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>The one PEM block of the file, which must have <paramref name="label"/>.</summary>
    /// <exception cref="AuthorityException">MKX-CA-004: missing. MKX-CA-006: damaged.</exception>
    public static byte[] ReadPem(string path, string label)
    {
        var text = ReadText(path);
        if (!PemEncoding.TryFind(text, out var fields) || text.AsSpan()[fields.Label] is var found && !found.SequenceEqual(label))
        {
            throw Damaged(path);
        }

        return Convert.FromBase64String(text[fields.Base64Data]);
    }

    /// <exception cref="AuthorityException">MKX-CA-004: missing. MKX-CA-006: damaged.</exception>
    public static X509Certificate2 ReadCertificate(string path)
    {
        X509Certificate2? certificate = null;
        try
        {
            certificate = X509CertificateLoader.LoadCertificate(ReadPem(path, "CERTIFICATE"));
            RequireParts(certificate);
            return certificate;
        }
        catch (CryptographicException e)
        {
            certificate?.Dispose();
            throw Damaged(path, e);
        }
    }

    public static AuthorityException Damaged(string path, Exception? inner = null) =>
        new("006", $"{Path.GetFileName(path)} of this authority is damaged.", "Restore the folder from its backup.", inner);

    public static AuthorityException Missing(string path, Exception? inner) =>
        new("004", $"{Path.GetFileName(path)} is missing in '{Path.GetDirectoryName(path)}'.", "Name the folder that 'makapix ca init' made as --dir, or as --root, or restore it from its backup.", inner);

    // They are decoded when they are first asked for: nobody would know by then whose they were.
    private static void RequireParts(X509Certificate2 certificate)
    {
        _ = certificate.NotBefore;
        _ = certificate.NotAfter;
        certificate.GetECDsaPublicKey()?.Dispose();
        certificate.GetRSAPublicKey()?.Dispose();
    }

    /// <summary>All of it, if that is no more than such a file holds.</summary>
    /// <exception cref="AuthorityException">MKX-CA-004: missing. MKX-CA-006: damaged.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxBytes ? File.ReadAllText(path) : throw Damaged(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path, e);
        }
    }
}
