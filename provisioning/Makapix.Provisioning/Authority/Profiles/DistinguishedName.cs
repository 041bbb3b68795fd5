using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Profiles;

/// <summary>The parts of a name, as they are encoded and in that order.</summary>
internal static class DistinguishedName
{
    public const string CommonNameOid = "2.5.4.3";
    public const string OrganizationOid = "2.5.4.10";

    /// <summary>Type and value of each part; null if one part has several, or is no text.</summary>
    public static List<(string Type, string Value)>? Attributes(X500DistinguishedName name)
    {
        try
        {
            var attributes = new List<(string, string)>();
            foreach (var part in name.EnumerateRelativeDistinguishedNames(reversed: false))
            {
                if (part.HasMultipleElements)
                {
                    return null;
                }

                attributes.Add((part.GetSingleElementType().Value ?? "", part.GetSingleElementValue() ?? ""));
            }

            return attributes;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
