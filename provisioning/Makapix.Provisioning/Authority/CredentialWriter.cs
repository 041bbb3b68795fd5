using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// Issues credentials into a folder: all of their files or none, and over no file that is there. If the files cannot be written, the
/// certificate is revoked, since nobody has its key; if this process dies over it, by the next one that opens the authority.
/// The private key is not encrypted: a broker must read it at its start with nobody there to ask. Its mode is 0600, its owner whoever ran this.
/// </summary>
public sealed class CredentialWriter(CertificateAuthority authority, string folder)
{
    /// <summary>Writes <c>broker.crt</c>, <c>broker.key</c>, <c>ca.crt</c> (root and issuing CAs) and <c>crl.pem</c>.</summary>
    /// <exception cref="AuthorityException">MKX-CA-040: a file is in the way; and those of <see cref="CertificateAuthority.IssueBroker"/>.</exception>
    public CredentialFiles Broker(IReadOnlyList<string> hosts, IReadOnlyList<IPAddress>? addresses = null, KeyKind? key = null) =>
        Write("broker", withCrl: true, serial => authority.IssueBroker(hosts, addresses, key, serial));

    /// <summary>Writes <c>op.crt</c>, <c>op.key</c> and <c>ca.crt</c> (the root).</summary>
    /// <exception cref="AuthorityException">MKX-CA-040: a file is in the way; and those of <see cref="CertificateAuthority.IssueOperator"/>.</exception>
    public CredentialFiles Operator(string name) => Write("op", withCrl: false, serial => authority.IssueOperator(name, serial));

    /// <summary>Writes <c>svc.crt</c>, <c>svc.key</c> and <c>ca.crt</c> (the root).</summary>
    /// <exception cref="AuthorityException">MKX-CA-040: a file is in the way; and those of <see cref="CertificateAuthority.IssueService"/>.</exception>
    public CredentialFiles Service(string name) => Write("svc", withCrl: false, serial => authority.IssueService(name, serial));

    /// <summary>Writes a certificate whose key is elsewhere, with its issuing CA, to one file of the folder.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="sign">Signs, with the serial number that it is handed.</param>
    /// <exception cref="AuthorityException">MKX-CA-040: a file is in the way; and what <paramref name="sign"/> throws.</exception>
    /// <exception cref="IOException">There is no such folder, or the file cannot be written.</exception>
    public SignedCertificate Signed(string file, Func<string, SignedCertificate> sign)
    {
        var path = Path.Combine(folder, file);
        RequireFree([path]);
        if (!Directory.Exists(folder))
        {
            // As below: it must not cost a certificate.
            throw new DirectoryNotFoundException($"The folder of '{path}' does not exist.");
        }

        return Noted(path, serial =>
        {
            var signed = sign(serial);
            WriteAll(written => WriteFile(written, path, Encoding.ASCII.GetBytes(signed.ChainPem), DurableFile.Public));
            return signed;
        });
    }

    private CredentialFiles Write(string name, bool withCrl, Func<string, TlsCredential> issue)
    {
        string PathOf(string file) => Path.Combine(folder, file);
        var files = new CredentialFiles("", "", default, PathOf(name + ".crt"), PathOf(name + ".key"), PathOf("ca.crt"), withCrl ? PathOf("crl.pem") : null);
        RequireFree(files.Paths);
        return Noted(files.Certificate, serial =>
        {
            using var credential = IssueFor(() => issue(serial));
            WriteAll(written =>
            {
                // The certificate last: it says that the others are there.
                WriteKey(written, files.Key, credential);
                WriteFile(written, files.Trust, Encoding.ASCII.GetBytes(credential.TrustPem), DurableFile.Public);
                if (files.Crl is not null)
                {
                    WriteFile(written, files.Crl, Encoding.ASCII.GetBytes(authority.Crls()), DurableFile.Public);
                }

                WriteFile(written, files.Certificate, Encoding.ASCII.GetBytes(credential.ChainPem), DurableFile.Public);
            });
            return files with { CommonName = credential.CommonName, Serial = credential.Serial, NotAfter = credential.NotAfter };
        });
    }

    private T Noted<T>(string path, Func<string, T> make)
    {
        using var pending = authority.BeginCredential(path);
        T made;
        try
        {
            made = make(pending.Serial);
        }
        catch
        {
            authority.Abandon(pending);
            throw;
        }

        pending.Done();
        return made;
    }

    private static void WriteAll(Action<List<string>> write)
    {
        var written = new List<string>();
        try
        {
            write(written);
        }
        catch
        {
            written.ForEach(File.Delete);
            throw;
        }
    }

    private void WriteKey(List<string> written, string path, TlsCredential owner)
    {
        var pem = PemEncoding.WriteUtf8("PRIVATE KEY"u8, owner.PrivateKeyPkcs8.Span);
        try
        {
            WriteFile(written, path, pem, DurableFile.Private);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    private void WriteFile(List<string> written, string path, byte[] content, UnixFileMode mode)
    {
        authority.Options.BeforeWrite?.Invoke(Path.GetFileName(path));
        DurableFile.Create(path, content, mode);
        written.Add(path);
    }

    // The folder first: a path that cannot be must not cost a certificate.
    private TlsCredential IssueFor(Func<TlsCredential> issue)
    {
        var isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        try
        {
            return issue();
        }
        catch when (isNew)
        {
            Directory.Delete(folder);
            throw;
        }
    }

    private static void RequireFree(IReadOnlyList<string> paths)
    {
        if (paths.FirstOrDefault(Path.Exists) is { } taken)
        {
            throw new AuthorityException("040", $"'{taken}' is there already.", "Name an empty folder: credentials are never overwritten.");
        }
    }
}
