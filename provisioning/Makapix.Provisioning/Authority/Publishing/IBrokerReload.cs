namespace Makapix.Provisioning.Authority.Publishing;

/// <summary>Tells a broker that its CRL file is a new one.</summary>
public interface IBrokerReload
{
    /// <exception cref="AuthorityException">MKX-CA-082: it could not be told.</exception>
    void Reload();
}
