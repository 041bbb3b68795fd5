using System;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Ledger.Heads;

namespace Makapix.Provisioning.Authority;

/// <summary>The audit leaf with its private key, in memory, for as long as something is signed with it.</summary>
public sealed class AuditSigner : IHeadSigner, IDisposable
{
    internal AuditSigner(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        Certificate = certificate;
        Issuer = issuer;
    }

    /// <summary>The leaf (CN <c>audit_ledger</c>, documentSigning), with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The services issuing CA that issued it.</summary>
    public X509Certificate2 Issuer { get; }

    /// <summary>Forgets the key.</summary>
    public void Dispose()
    {
        Certificate.Dispose();
        Issuer.Dispose();
    }
}
