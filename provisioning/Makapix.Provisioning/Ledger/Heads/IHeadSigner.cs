using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Ledger.Heads;

/// <summary>Who signs heads: an audit leaf of the authority.</summary>
public interface IHeadSigner
{
    /// <summary>The audit leaf, with its private key. It stays the signer's.</summary>
    X509Certificate2 Certificate { get; }

    /// <summary>The CA that issued it: goes into the signed head, which then needs nothing but the root to be verified.</summary>
    X509Certificate2 Issuer { get; }
}
