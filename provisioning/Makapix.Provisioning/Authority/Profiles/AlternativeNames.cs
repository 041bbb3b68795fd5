namespace Makapix.Provisioning.Authority.Profiles;

/// <summary>Which subject alternative names a profile calls for (RFC 5280, 4.2.1.6).</summary>
internal enum AlternativeNames
{
    /// <summary>No such extension.</summary>
    None,

    /// <summary>One DNS name, <c>player-</c> and the common name.</summary>
    Player,

    /// <summary>Host names, and IP addresses where asked for.</summary>
    Hosts,
}
