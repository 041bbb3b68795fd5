using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// Issues credentials into a folder: all of their files or none, and over no file that is there. If the files cannot be written, the
/// certificate is revoked, since nobody has its key.
/// The private key is not encrypted: a broker must read it at its start with nobody there to ask. Its mode is 0600, its owner whoever ran this.
/// </summary>
public sealed class CredentialWriter(CertificateAuthority authority, string folder)
{
    /// <summary>Writes <c>broker.crt</c>, <c>broker.key</c>, <c>ca.crt</c> (root and both issuing CAs) and <c>crl.pem</c>.</summary>
    /// <exception cref="AuthorityException">MKX-CA-040: a file is in the way; and those of <see cref="CertificateAuthority.IssueBroker"/>.</exception>
    public CredentialFiles Broker(IReadOnlyList<string> hosts, IReadOnlyList<IPAddress>? addresses = null, KeyKind? key = null) =>
        Write("broker", withCrl: true, () => authority.IssueBroker(hosts, addresses, key));

    /// <summary>Writes <c>op.crt</c>, <c>op.key</c> and <c>ca.crt</c> (the root).</summary>
    /// <exception cref="AuthorityException">MKX-CA-040: a file is in the way; and those of <see cref="CertificateAuthority.IssueOperator"/>.</exception>
    public CredentialFiles Operator(string name) => Write("op", withCrl: false, () => authority.IssueOperator(name));

    /// <summary>Writes <c>svc.crt</c>, <c>svc.key</c> and <c>ca.crt</c> (the root).</summary>
    /// <exception cref="AuthorityException">MKX-CA-040: a file is in the way; and those of <see cref="CertificateAuthority.IssueService"/>.</exception>
    public CredentialFiles Service(string name) => Write("svc", withCrl: false, () => authority.IssueService(name));

    private CredentialFiles Write(string name, bool withCrl, Func<TlsCredential> issue)
    {
        string PathOf(string file) => Path.Combine(folder, file);
        var files = new CredentialFiles("", "", default, PathOf(name + ".crt"), PathOf(name + ".key"), PathOf("ca.crt"), withCrl ? PathOf("crl.pem") : null);
        RequireFree(files.Paths);
        using var credential = IssueFor(issue);
        var written = new List<string>();
        try
        {
            WriteFile(files.Certificate, Encoding.ASCII.GetBytes(credential.ChainPem), DurableFile.Public);
            WriteKey(files.Key, credential);
            WriteFile(files.Trust, Encoding.ASCII.GetBytes(credential.TrustPem), DurableFile.Public);
            if (files.Crl is not null)
            {
                WriteFile(files.Crl, Encoding.ASCII.GetBytes(authority.Crls()), DurableFile.Public);
            }
        }
        catch
        {
            written.ForEach(File.Delete);
            authority.Revoke(credential.Serial, X509RevocationReason.CessationOfOperation);
            throw;
        }

        return files with { CommonName = credential.CommonName, Serial = credential.Serial, NotAfter = credential.NotAfter };

        void WriteKey(string path, TlsCredential owner)
        {
            var pem = PemEncoding.WriteUtf8("PRIVATE KEY"u8, owner.PrivateKeyPkcs8.Span);
            try
            {
                WriteFile(path, pem, DurableFile.Private);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(pem);
            }
        }

        void WriteFile(string path, byte[] content, UnixFileMode mode)
        {
            authority.Options.BeforeWrite?.Invoke(Path.GetFileName(path));
            DurableFile.Create(path, content, mode);
            written.Add(path);
        }
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
