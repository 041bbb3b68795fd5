using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority.Ceremonies;

/// <summary>The root's folder, with its key open: for as long as a ceremony takes.</summary>
public sealed class RootAtHand : IDisposable
{
    private readonly KeyRing _keys;
    private readonly Lazy<CertificateSigner> _signer;

    private RootAtHand(string folder, X509Certificate2 certificate, KeyRing keys)
    {
        Folder = new AuthorityPaths(folder);
        Certificate = certificate;
        _keys = keys;
        _signer = new Lazy<CertificateSigner>(() => keys.Open(Path.Combine(folder, AuthorityPaths.RootName), certificate));
    }

    internal AuthorityPaths Folder { get; }

    internal X509Certificate2 Certificate { get; }

    internal CertificateSigner Signer => _signer.Value;

    /// <summary>Opens it.</summary>
    /// <param name="folder">The root's folder.</param>
    /// <param name="passphrase">The root's own passphrase, or its token's PIN. A copy is kept until <see cref="Dispose"/>; the caller clears its own.</param>
    /// <exception cref="AuthorityException">MKX-CA-004: no root there. 005, 007 or 06x: its key cannot be used.</exception>
    public static RootAtHand Open(string folder, ReadOnlySpan<char> passphrase)
    {
        var certificate = AuthorityFile.ReadCertificate(new AuthorityPaths(folder).RootCertificate);
        var root = new RootAtHand(folder, certificate, new KeyRing(passphrase, FileKeyStore.Rounds));
        try
        {
            _ = root.Signer;
            return root;
        }
        catch
        {
            root.Dispose();
            throw;
        }
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose()
    {
        if (_signer.IsValueCreated)
        {
            _signer.Value.Dispose();
        }

        Certificate.Dispose();
        _keys.Dispose();
    }

    /// <summary>Leaves a copy of each record of the authority's folder here, also of those that an interrupted ceremony did not come to copy.</summary>
    /// <exception cref="IOException">The medium would not have it.</exception>
    internal void CopyCeremonies(AuthorityPaths authority)
    {
        var here = Folder.Ceremonies().Select(AuthorityFile.ReadText).ToHashSet();
        foreach (var text in authority.Ceremonies().Select(AuthorityFile.ReadText).Where(text => !here.Contains(text)))
        {
            DurableFile.Create(Folder.NextCeremony(), Encoding.ASCII.GetBytes(text), DurableFile.Public);
        }
    }

    /// <summary>Proves that the medium can be written to, before anything is done that it is to hold the record of.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    internal void RequireWritable()
    {
        var probe = Path.Combine(Folder.Folder, ".probe");
        DurableFile.Replace(probe, [], DurableFile.Private);
        File.Delete(probe);
    }
}
