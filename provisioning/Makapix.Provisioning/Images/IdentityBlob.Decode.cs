using System;
using System.Buffers.Binary;
using System.Text;

namespace Makapix.Provisioning.Images;

public sealed partial class IdentityBlob
{
    private const IdentityField LastField = IdentityField.WifiPassword;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a blob, and refuses whatever <see cref="Encode"/> would not have written.</summary>
    /// <param name="blob">Exactly <see cref="Length"/> bytes.</param>
    /// <exception cref="ImageException">060: length. 061: magic. 062: blank. 063: version. 064: TLV area. 065: CRC.
    /// 066: a field's value. 068: password without network. 069: unknown, repeated or unordered field. 070: missing field. 071: bytes behind the CRC.
    /// 072: blank in name only.</exception>
    public static IdentityBlob Decode(ReadOnlySpan<byte> blob)
    {
        var area = CheckFrame(blob);
        Span<Range> fields = stackalloc Range[(int)LastField + 1];
        ReadFields(blob[area], fields);
        var values = blob[area];
        if (fields[(int)IdentityField.WifiSsid].Equals(default) && !fields[(int)IdentityField.WifiPassword].Equals(default))
        {
            throw PasswordWithoutNetwork();
        }

        return new IdentityBlob
        {
            DeviceId = new Guid(Exactly(values, fields, IdentityField.DeviceId, UuidLength), bigEndian: true),
            BrokerHost = Text(values, fields, IdentityField.BrokerHost),
            BrokerPort = BinaryPrimitives.ReadUInt16LittleEndian(Exactly(values, fields, IdentityField.BrokerPort, sizeof(ushort))),
            TrustAnchor = Required(values, fields, IdentityField.TrustAnchor),
            CertificateChain = Required(values, fields, IdentityField.CertificateChain),
            PrivateKey = Required(values, fields, IdentityField.PrivateKey),
            IssueTime = Time(BinaryPrimitives.ReadUInt64LittleEndian(Exactly(values, fields, IdentityField.IssueTime, sizeof(ulong)))),
            TopicPrefix = Text(values, fields, IdentityField.TopicPrefix),
            RenewalKey = Required(values, fields, IdentityField.RenewalKey),
            StorageKey = Required(values, fields, IdentityField.StorageKey),
            WifiSsid = fields[(int)IdentityField.WifiSsid].Equals(default) ? null : Text(values, fields, IdentityField.WifiSsid),
            WifiPassword = values[fields[(int)IdentityField.WifiPassword]],
        };
    }

    // Everything around the fields; the CRC comes before any field is looked at.
    private static Range CheckFrame(ReadOnlySpan<byte> blob)
    {
        if (blob.Length != Length)
        {
            throw Bad("060", $"has {blob.Length} bytes, not {Length}");
        }

        if (!blob.StartsWith(Magic))
        {
            throw Bad("061", "does not begin with its magic");
        }

        if (blob[VersionOffset] == BlankVersion)
        {
            throw blob[AreaLengthOffset..].ContainsAnyExcept((byte)0xFF)
                ? Bad("072", "claims to be blank and is not")
                : new ImageException("062", "the identity is blank.", "Provision the device.");
        }

        if (blob[VersionOffset] != CurrentVersion)
        {
            throw Bad("063", $"has version {blob[VersionOffset]}, not {CurrentVersion}");
        }

        var areaLength = BinaryPrimitives.ReadUInt16LittleEndian(blob[AreaLengthOffset..]);
        if (areaLength > MaxAreaLength)
        {
            throw Bad("064", $"says it has {areaLength} bytes of fields, more than fit");
        }

        var end = AreaOffset + areaLength;
        if (Crc32.IsoHdlc(blob[..end]) != BinaryPrimitives.ReadUInt32LittleEndian(blob[end..]))
        {
            throw Bad("065", "does not match its CRC");
        }

        if (blob[(end + CrcLength)..].ContainsAnyExcept((byte)0xFF))
        {
            throw Bad("071", "goes on behind its CRC");
        }

        return AreaOffset..end;
    }

    private static void ReadFields(ReadOnlySpan<byte> area, Span<Range> fields)
    {
        var last = 0;
        for (var at = 0; at < area.Length;)
        {
            var length = area.Length - at < FieldHeaderLength ? int.MaxValue : BinaryPrimitives.ReadUInt16LittleEndian(area[(at + 1)..]);
            if (length > area.Length - at - FieldHeaderLength)
            {
                throw Bad("064", "has a field that ends outside");
            }

            if (area[at] <= last || area[at] > (byte)LastField)
            {
                throw Bad("069", $"has an unknown, repeated or unordered field {area[at]}");
            }

            if (length == 0)
            {
                throw IdentityRules.Bad((IdentityField)area[at], "is empty");
            }

            last = area[at];
            at += FieldHeaderLength;
            fields[last] = at..(at + length);
            at += length;
        }
    }

    private static ReadOnlySpan<byte> Required(ReadOnlySpan<byte> values, ReadOnlySpan<Range> fields, IdentityField field) =>
        fields[(int)field].Equals(default) ? throw Bad("070", $"has no {field}") : values[fields[(int)field]];

    private static ReadOnlySpan<byte> Exactly(ReadOnlySpan<byte> values, ReadOnlySpan<Range> fields, IdentityField field, int length) =>
        Required(values, fields, field) is var value && value.Length == length ? value : throw IdentityRules.Bad(field, $"has {value.Length} bytes, not {length}");

    private static string Text(ReadOnlySpan<byte> values, ReadOnlySpan<Range> fields, IdentityField field)
    {
        try
        {
            return StrictUtf8.GetString(Required(values, fields, field));
        }
        catch (DecoderFallbackException)
        {
            throw IdentityRules.Bad(field, "is not UTF-8");
        }
    }

    private static DateTimeOffset Time(ulong unixSeconds) =>
        unixSeconds <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds((long)unixSeconds)
            : throw IdentityRules.Bad(IdentityField.IssueTime, "is beyond the year 9999");

    private static ImageException Bad(string number, string what) =>
        new(number, $"the identity {what}.", "It is damaged: provision the device again.");
}
