using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Issuing;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Authority;

/// <summary>Certificate revocation lists (RFC 5280, 5): made, and read back for their dates.</summary>
internal static class RevocationList
{
    public const string Label = "X509 CRL";

    /// <summary>A list as PEM.</summary>
    /// <param name="signer">The CA whose list it is.</param>
    /// <param name="revoked">All that it ever revoked.</param>
    /// <param name="number">Its number.</param>
    /// <param name="now">The time, whole seconds.</param>
    /// <param name="lifetime">How long it is good for.</param>
    public static string Create(CertificateSigner signer, IEnumerable<LedgerCertificate> revoked, long number, DateTimeOffset now, TimeSpan lifetime)
    {
        // Those that have expired stay for one more list, as RFC 5280, 3.3 wants it.
        var listed = revoked.Where(c => c.NotAfter + lifetime > now).ToList();
        var crl = RevocationListWriter.Write(signer, listed, number, now - ValidityModifier.Backdating, now + lifetime);
        return PemEncoding.WriteString(Label, crl) + "\n";
    }

    /// <summary>When each list of a PEM text ends, UTC; null if it is no text of lists.</summary>
    public static IReadOnlyList<DateTimeOffset>? Ends(string pem)
    {
        var ends = new List<DateTimeOffset>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (!rest[fields.Label].SequenceEqual(Label) || End(Convert.FromBase64String(rest[fields.Base64Data].ToString())) is not { } end)
            {
                return null;
            }

            ends.Add(end);
            rest = rest[fields.Location.End..];
        }

        return ends.Count > 0 ? ends : null;
    }

    /// <summary>True if that CA signed the one list in the text.</summary>
    /// <exception cref="AsnContentException">It is no list in DER.</exception>
    public static bool IsSignedBy(string pem, X509Certificate2 issuer)
    {
        var file = Reader(pem);
        var list = file.ReadSequence();
        file.ThrowIfNotEmpty();
        var toBeSigned = list.ReadEncodedValue();
        list.ReadSequence();
        var signature = list.ReadBitString(out _);
        list.ThrowIfNotEmpty();
        return KeyKinds.Of(issuer.PublicKey) is { } kind && kind.Verifies(issuer, toBeSigned.Span, signature);
    }

    /// <summary>The serial numbers in the one list in the text.</summary>
    /// <exception cref="AsnContentException">It is no list in DER.</exception>
    public static IReadOnlyList<string> Serials(string pem)
    {
        var list = AfterDates(pem);
        var serials = new List<string>();
        for (var entries = HasEntries(list) ? list.ReadSequence() : null; entries?.HasData == true;)
        {
            serials.Add(Convert.ToHexString(entries.ReadSequence().ReadIntegerBytes().Span));
        }

        return serials;
    }

    /// <summary>The number of the one list in the text; 0 if it has none.</summary>
    /// <exception cref="AsnContentException">It is no list in DER.</exception>
    /// <exception cref="OverflowException">It is longer than any number that this authority gives out.</exception>
    public static long Number(string pem)
    {
        var list = AfterDates(pem);
        if (HasEntries(list))
        {
            list.ReadSequence();
        }

        for (var extensions = list.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence(); extensions.HasData;)
        {
            var extension = extensions.ReadSequence();
            if (extension.ReadObjectIdentifier() == RevocationListWriter.NumberOid)
            {
                return (long)new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER).ReadInteger();
            }
        }

        return 0;
    }

    private static AsnReader Reader(string pem) => new(Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]), AsnEncodingRules.DER);

    private static AsnReader AfterDates(string pem)
    {
        var list = Reader(pem).ReadSequence().ReadSequence();
        list.ReadInteger();
        list.ReadSequence();
        list.ReadSequence();
        ReadTime(list);
        ReadTime(list);
        return list;
    }

    // A list of none is left out.
    private static bool HasEntries(AsnReader list) => list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence);

    // TBSCertList: version, signature, issuer, thisUpdate, nextUpdate, …
    private static DateTimeOffset? End(byte[] der)
    {
        try
        {
            var list = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
            list.ReadInteger();
            list.ReadSequence();
            list.ReadSequence();
            ReadTime(list);
            return ReadTime(list);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();
}
