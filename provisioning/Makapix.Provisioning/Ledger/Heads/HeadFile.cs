using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Storage;

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

    /// <summary>Signs the newest entry into a file, and writes down that it was signed: both, or neither.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="signer">The audit leaf.</param>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="mode">Who may read it.</param>
    /// <param name="replace">Whether it takes the place of one that is there.</param>
    /// <returns>What was signed.</returns>
    /// <exception cref="LedgerException">056: there is one. 053, 060: there is nothing to sign, or nobody who may. Else the ledger cannot be written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static LedgerHead Sign(DeviceLedger ledger, IHeadSigner signer, string path, UnixFileMode mode, bool replace)
    {
        RequireFree(path, replace);
        return HeadSigning.Sign(
            ledger,
            signer,
            pem =>
            {
                var content = Encoding.ASCII.GetBytes(pem);
                if (replace)
                {
                    DurableFile.Replace(path, content, mode);
                }
                else
                {
                    DurableFile.Create(path, content, mode);
                }
            },
            () => File.Delete(path));
    }

    /// <exception cref="LedgerException">056: there is a file already.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    internal static void RequireFree(string path, bool replace)
    {
        if (!replace && Path.Exists(path))
        {
            throw new LedgerException("056", $"{path} is there already.", "Name a new file: the heads of other days are worth keeping.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new DirectoryNotFoundException($"The folder of '{path}' does not exist.");
        }
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
