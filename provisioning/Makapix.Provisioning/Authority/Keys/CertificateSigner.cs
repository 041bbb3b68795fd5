using System;
using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>A CA that can sign: its certificate and its private key, proven to belong together.</summary>
internal sealed class CertificateSigner : IDisposable
{
    /// <summary>The CA of that name. Takes <paramref name="key"/> over; the certificate stays its owner's.</summary>
    /// <exception cref="AuthorityException">MKX-CA-007: they are no pair. What such a CA signs, nobody could verify.</exception>
    public CertificateSigner(string name, X509Certificate2 certificate, SigningKey key)
    {
        if (!key.Fits(certificate))
        {
            key.Dispose();
            throw new AuthorityException("007", $"{name}.crt of this authority does not belong to its key.", "Restore the folder from its backup.");
        }

        Certificate = certificate;
        Key = key;
        SubjectKeyId = certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single();
    }

    public X509Certificate2 Certificate { get; }

    public SigningKey Key { get; }

    public X509SubjectKeyIdentifierExtension SubjectKeyId { get; }

    public void Dispose() => Key.Dispose();
}
