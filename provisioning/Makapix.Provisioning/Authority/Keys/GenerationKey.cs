using System;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>One generation of an issuing CA or of the audit signer, as its folder has it. Its key is opened when it first signs.</summary>
internal sealed class GenerationKey : IDisposable
{
    private readonly Lazy<CertificateSigner> _signer;

    public GenerationKey(CaGeneration generation, X509Certificate2 certificate, Func<CertificateSigner> open)
    {
        Generation = generation;
        Certificate = certificate;
        _signer = new Lazy<CertificateSigner>(open);
    }

    public CaGeneration Generation { get; }

    public X509Certificate2 Certificate { get; }

    /// <exception cref="AuthorityException">The key cannot be opened.</exception>
    public CertificateSigner Signer => _signer.Value;

    public void Dispose()
    {
        if (_signer.IsValueCreated)
        {
            _signer.Value.Dispose();
        }

        Certificate.Dispose();
    }
}
