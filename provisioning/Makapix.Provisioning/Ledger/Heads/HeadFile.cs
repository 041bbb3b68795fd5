using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Ledger.Heads;

/// <summary>A signed head that was kept in a file, away from the ledger.</summary>
public static class HeadFile
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads and verifies it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rootPath">The authority's root certificate: the one thing that is trusted.</param>
    /// <exception cref="LedgerException">MKX-LEDGER-050, 051, 052: no head, changed, or signed by a stranger. 057: the root cannot be read.</exception>
    /// <exception cref="IOException">A file is missing.</exception>
    public static SignedHead Read(string path, string rootPath)
    {
        // What is longer is no head; and is not read to its end to find that out.
        using var file = new StreamReader(path);
        var text = new char[MaxBytes];
        var length = file.ReadBlock(text);
        using var root = Root(rootPath);
        return SignedHead.Verify(new string(text, 0, length), root);
    }

    private static X509Certificate2 Root(string path)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(File.ReadAllBytes(path));
        }
        catch (CryptographicException e)
        {
            throw new LedgerException("057", $"{path} is no certificate.", "Name the authority's folder, or its root certificate by --root-certificate FILE.", e);
        }
    }
}
