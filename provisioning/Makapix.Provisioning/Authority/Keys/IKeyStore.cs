using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>A place where the private keys of CAs are kept.</summary>
internal interface IKeyStore
{
    /// <summary>Whether the key of that name is kept here.</summary>
    /// <param name="name">Path in the authority's folder, without the extension.</param>
    bool Holds(string name);

    /// <summary>Opens it.</summary>
    /// <param name="name">Path in the authority's folder, without the extension.</param>
    /// <param name="certificate">Whose key it is.</param>
    /// <exception cref="AuthorityException">It cannot be opened, and why.</exception>
    SigningKey Open(string name, X509Certificate2 certificate);
}
