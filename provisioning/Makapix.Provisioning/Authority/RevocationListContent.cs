using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority;

/// <summary>A revocation list as it was read back, proven to be its issuer's.</summary>
/// <param name="Number">Its number.</param>
/// <param name="NextUpdate">When it ends, UTC.</param>
/// <param name="Serials">The serial numbers in it.</param>
internal sealed record RevocationListContent(long Number, DateTimeOffset NextUpdate, IReadOnlyList<string> Serials)
{
    /// <summary>The one list in the text; null if there is none, more than one, one that <paramref name="issuer"/> did not sign, or anything but DER.</summary>
    public static RevocationListContent? Read(string pem, X509Certificate2 issuer)
    {
        try
        {
            return RevocationList.Ends(pem) is [var end] && RevocationList.IsSignedBy(pem, issuer)
                ? new RevocationListContent(RevocationList.Number(pem), end, RevocationList.Serials(pem))
                : null;
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or OverflowException)
        {
            return null;
        }
    }
}
