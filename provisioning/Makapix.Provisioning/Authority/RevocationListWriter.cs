using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// A revocation list in DER (RFC 5280, 5.1), the same bytes as <see cref="CertificateRevocationListBuilder"/> makes. That one's writer grows by a kilobyte at
/// a time and copies all it has each time, which takes it long when many are listed: on the day on which a whole fleet has to be shut out. Nor does it take
/// every reason of the RFC.
/// </summary>
internal static class RevocationListWriter
{
    /// <summary>The extension that holds a list's number.</summary>
    public const string NumberOid = "2.5.29.20";

    private const int LastYearOfUtcTime = 2049;
    private const string ReasonOid = "2.5.29.21";
    private const int HeadRoom = 1024;
    private const int EntryRoom = 72;

    /// <summary>The signed list.</summary>
    /// <param name="signer">The CA whose list it is.</param>
    /// <param name="revoked">What is in it.</param>
    /// <param name="number">Its number.</param>
    /// <param name="thisUpdate">From when it is good.</param>
    /// <param name="nextUpdate">Until when.</param>
    public static byte[] Write(CertificateSigner signer, IReadOnlyCollection<LedgerCertificate> revoked, long number, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate)
    {
        var hash = signer.Key.Kind.Hash();
        var algorithm = signer.Key.Generator.GetSignatureAlgorithmIdentifier(hash);
        var room = HeadRoom + (EntryRoom * revoked.Count);
        var list = new AsnWriter(AsnEncodingRules.DER, room);
        using (list.PushSequence())
        {
            list.WriteInteger(1);
            list.WriteEncodedValue(algorithm);
            list.WriteEncodedValue(signer.Certificate.SubjectName.RawData);
            WriteTime(list, thisUpdate);
            WriteTime(list, nextUpdate);
            WriteEntries(list, revoked);
            WriteExtensions(list, X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(signer.SubjectKeyId), number);
        }

        var toBeSigned = list.Encode();
        var signed = new AsnWriter(AsnEncodingRules.DER, room + HeadRoom);
        using (signed.PushSequence())
        {
            signed.WriteEncodedValue(toBeSigned);
            signed.WriteEncodedValue(algorithm);
            signed.WriteBitString(signer.Key.Generator.SignData(toBeSigned, hash));
        }

        return signed.Encode();
    }

    private static void WriteEntries(AsnWriter list, IReadOnlyCollection<LedgerCertificate> revoked)
    {
        // A list of none is left out, as RFC 5280, 5.1.2.6 wants it.
        if (revoked.Count == 0)
        {
            return;
        }

        using (list.PushSequence())
        {
            foreach (var certificate in revoked)
            {
                using (list.PushSequence())
                {
                    list.WriteInteger(Convert.FromHexString(certificate.Serial));
                    WriteTime(list, certificate.RevokedAt!.Value);

                    // An unspecified reason is left out, as RFC 5280, 5.3.1 wants it.
                    if (certificate.Reason is { } reason and not X509RevocationReason.Unspecified)
                    {
                        WriteReason(list, reason);
                    }
                }
            }
        }
    }

    private static void WriteReason(AsnWriter list, X509RevocationReason reason)
    {
        using (list.PushSequence())
        using (list.PushSequence())
        {
            list.WriteObjectIdentifier(ReasonOid);
            using (list.PushOctetString())
            {
                list.WriteEnumeratedValue(reason);
            }
        }
    }

    private static void WriteExtensions(AsnWriter list, X509Extension issuer, long number)
    {
        using (list.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (list.PushSequence())
        {
            using (list.PushSequence())
            {
                list.WriteObjectIdentifier(issuer.Oid!.Value!);
                list.WriteOctetString(issuer.RawData);
            }

            using (list.PushSequence())
            {
                list.WriteObjectIdentifier(NumberOid);
                using (list.PushOctetString())
                {
                    list.WriteInteger(new BigInteger(number));
                }
            }
        }
    }

    // UTCTime through 2049, GeneralizedTime from 2050 on (RFC 5280, 5.1.2.4).
    private static void WriteTime(AsnWriter list, DateTimeOffset time)
    {
        if (time.UtcDateTime.Year <= LastYearOfUtcTime)
        {
            list.WriteUtcTime(time);
        }
        else
        {
            list.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }
}
