using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Profiles;

/// <summary>The parts of a name, as they are encoded and in that order.</summary>
internal static class DistinguishedName
{
    public const string CommonNameOid = "2.5.4.3";
    public const string OrganizationOid = "2.5.4.10";

    /// <summary>Type and value of each part; null if one part has several, or is no text of one of its string types.</summary>
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

                attributes.Add((part.GetSingleElementType().Value ?? "", Text(part)));
            }

            return attributes;
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException or ArgumentException)
        {
            return null;
        }
    }

    // .NET's own reading leaves zeros at the end out: one name would pass for another.
    private static string Text(X500RelativeDistinguishedName part)
    {
        var attribute = new AsnReader(part.RawData, AsnEncodingRules.DER).ReadSetOf().ReadSequence();
        attribute.ReadObjectIdentifier();
        return attribute.ReadCharacterString((UniversalTagNumber)attribute.PeekTag().TagValue);
    }
}
