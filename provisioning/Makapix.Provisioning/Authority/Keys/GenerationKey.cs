using System;
using System.Security.Cryptography.X509Certificates;
using System.Threading;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>One generation of an issuing CA or of the audit signer, as its folder has it. Its key is opened when it first signs.</summary>
internal sealed class GenerationKey : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<CertificateSigner> _open;
    private CertificateSigner? _signer;
    private AuthorityException? _refused;

    public GenerationKey(CaGeneration generation, X509Certificate2 certificate, Func<CertificateSigner> open)
    {
        Generation = generation;
        Certificate = certificate;
        _open = open;
    }

    public CaGeneration Generation { get; }

    public X509Certificate2 Certificate { get; }

    /// <summary>Its signer. What failed is tried again when it is next asked for, but for a PIN: a token locks itself after a few wrong ones.</summary>
    /// <exception cref="AuthorityException">The key cannot be opened.</exception>
    public CertificateSigner Signer
    {
        get
        {
            lock (_gate)
            {
                if (_refused is not null)
                {
                    throw _refused;
                }

                try
                {
                    return _signer ??= _open();
                }
                catch (AuthorityException e) when (TokenLogin.IsOfPin(e))
                {
                    _refused = e;
                    throw;
                }
            }
        }
    }

    public void Dispose()
    {
        _signer?.Dispose();
        Certificate.Dispose();
    }
}
