using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority;

/// <summary>The names: what a broker or a device goes by.</summary>
internal sealed partial class ProfileLinter
{
    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";

    private void CheckNames()
    {
        // A CA has an organization; a leaf has a common name and nothing else, since a broker sees nothing else.
        (string, string)[] subject = _profile.IsAuthority
            ? [(OrganizationOid, _names.Organization ?? ""), (CommonNameOid, _names.CommonName)]
            : [(CommonNameOid, _names.CommonName)];
        Require(Attributes(_certificate.SubjectName) is { } attributes && attributes.SequenceEqual(subject), "its subject is not the one asked for");

        Require(_profile.CommonName.IsMatch(_names.CommonName), "its common name is not one of its kind");
        Require(
            _profile.IsAuthority || !_profiles.Leaves.Any(other => other != _profile && other.CommonName.IsMatch(_names.CommonName)),
            "its common name is one of another kind");
    }

    private void CheckSubjectAltName(X509Extension extension)
    {
        Require(!extension.Critical, "its subject alternative name is critical");
        var actual = new List<string>();
        var sequence = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            actual.Add(ReadGeneralName(sequence));
        }

        var expected = _profile.SubjectAltName == AlternativeNames.Player
            ? ["DNS:player-" + _names.CommonName]
            : _names.DnsNames.Select(name => "DNS:" + name).Concat(_names.Addresses.Select(address => "IP:" + address));
        Require(actual.Count > 0 && actual.SequenceEqual(expected), "its subject alternative names are not the ones asked for");
        Require(_profile.SubjectAltName == AlternativeNames.Player || _names.DnsNames.All(HostName.IsValid), "a subject alternative name is not a host name");
        Require(_profile.SubjectAltName == AlternativeNames.Player || _names.DnsNames.Contains(_names.CommonName), "its common name is not among its host names");
    }

    // GeneralName (RFC 5280, 4.2.1.6): only the two forms that TLS clients match hosts against.
    private static string ReadGeneralName(AsnReader names) => names.PeekTag() switch
    {
        { TagClass: TagClass.ContextSpecific, TagValue: 2 } tag => "DNS:" + names.ReadCharacterString(UniversalTagNumber.IA5String, tag),
        { TagClass: TagClass.ContextSpecific, TagValue: 7 } tag => "IP:" + new IPAddress(names.ReadOctetString(tag)),
        var tag => $"{tag}:{Convert.ToHexString(names.ReadEncodedValue().Span)}",
    };

    private static List<(string, string)>? Attributes(X500DistinguishedName name)
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
}
