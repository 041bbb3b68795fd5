using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority;

/// <summary>The reasons to revoke for, by their names in RFC 5280, 5.3.1.</summary>
public static class RevocationReasons
{
    // certificateHold and removeFromCRL are not among them: they undo a revocation, and here what is revoked stays revoked.
    private static readonly Dictionary<string, X509RevocationReason> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["unspecified"] = X509RevocationReason.Unspecified,
        ["keyCompromise"] = X509RevocationReason.KeyCompromise,
        ["cACompromise"] = X509RevocationReason.CACompromise,
        ["affiliationChanged"] = X509RevocationReason.AffiliationChanged,
        ["superseded"] = X509RevocationReason.Superseded,
        ["cessationOfOperation"] = X509RevocationReason.CessationOfOperation,
        ["privilegeWithdrawn"] = X509RevocationReason.PrivilegeWithdrawn,
        ["aACompromise"] = X509RevocationReason.AACompromise,
    };

    /// <summary>Every name, comma between.</summary>
    public static string Names => string.Join(", ", ByName.Keys);

    /// <summary>True if <paramref name="reason"/> is one of them.</summary>
    public static bool Contains(X509RevocationReason reason) => ByName.ContainsValue(reason);

    /// <summary>The name of a reason that <see cref="Contains"/>.</summary>
    public static string NameOf(X509RevocationReason reason) => ByName.First(pair => pair.Value == reason).Key;

    /// <summary>The reason of that name, in any case; false if there is none.</summary>
    public static bool TryParse(string name, out X509RevocationReason reason) => ByName.TryGetValue(name, out reason);
}
