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
    public static bool IsSignedBy(string pem, X509Certificate2 issuer)
    {
        var list = new AsnReader(Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]), AsnEncodingRules.DER).ReadSequence();
        var toBeSigned = list.ReadEncodedValue();
        list.ReadSequence();
        return KeyKinds.Of(issuer.PublicKey) is { } kind && kind.Verifies(issuer, toBeSigned.Span, list.ReadBitString(out _));
    }

    /// <summary>The serial numbers in the one list in the text.</summary>
    public static IReadOnlyList<string> Serials(string pem)
    {
        var list = new AsnReader(Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]), AsnEncodingRules.DER).ReadSequence().ReadSequence();
        list.ReadInteger();
        list.ReadSequence();
        list.ReadSequence();
        ReadTime(list);
        ReadTime(list);
        var serials = new List<string>();
        for (var entries = list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) ? list.ReadSequence() : null; entries?.HasData == true;)
        {
            serials.Add(Convert.ToHexString(entries.ReadSequence().ReadIntegerBytes().Span));
        }

        return serials;
    }

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
