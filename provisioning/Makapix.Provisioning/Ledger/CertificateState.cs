namespace Makapix.Provisioning.Ledger;

/// <summary>Whether a certificate still counts.</summary>
public enum CertificateState
{
    /// <summary>Neither revoked nor past its end.</summary>
    Valid,

    /// <summary>Past its end, and never revoked.</summary>
    Expired,

    /// <summary>Revoked.</summary>
    Revoked,
}
