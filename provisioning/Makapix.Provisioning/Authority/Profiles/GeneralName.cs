using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Net;

namespace Makapix.Provisioning.Authority.Profiles;

/// <summary>GeneralName (RFC 5280, 4.2.1.6) as text: <c>DNS:</c> and <c>IP:</c>, the two forms that TLS clients match hosts against; any other as its bytes.</summary>
internal static class GeneralName
{
    /// <summary>The names of a subjectAltName; null if it is not one.</summary>
    public static List<string>? ReadAll(ReadOnlyMemory<byte> extension)
    {
        try
        {
            var names = new List<string>();
            var sequence = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
            {
                names.Add(Read(sequence));
            }

            return names;
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException)
        {
            return null;
        }
    }

    private static string Read(AsnReader names) => names.PeekTag() switch
    {
        { TagClass: TagClass.ContextSpecific, TagValue: 2 } tag => "DNS:" + names.ReadCharacterString(UniversalTagNumber.IA5String, tag),
        { TagClass: TagClass.ContextSpecific, TagValue: 7 } tag => "IP:" + new IPAddress(names.ReadOctetString(tag)),
        var tag => $"{tag}:{Convert.ToHexString(names.ReadEncodedValue().Span)}",
    };
}
