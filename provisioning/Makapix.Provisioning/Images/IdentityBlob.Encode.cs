using System;
using System.Buffers.Binary;
using System.Text;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Images;

public sealed partial class IdentityBlob
{
    /// <summary>Version byte of a blob that no station has filled.</summary>
    internal const byte BlankVersion = 0;

    private const byte CurrentVersion = 1;
    private const int VersionOffset = 10;
    private const int AreaLengthOffset = 11;
    private const int AreaOffset = 13;
    private const int FieldHeaderLength = 3;
    private const int CrcLength = 4;
    private const int MaxAreaLength = Length - AreaOffset - CrcLength;
    private const int UuidLength = 16;

    /// <summary>What every blob begins with.</summary>
    internal static ReadOnlySpan<byte> Magic => "MKPXIDENT\0"u8;

    /// <summary>The blob: <see cref="Length"/> bytes. They hold the secrets: the caller clears them after use.</summary>
    /// <exception cref="ImageException">067: the contents do not fit; the text says by how many bytes. 068: a Wi-Fi password without a network.</exception>
    public byte[] Encode()
    {
        if (WifiSsid is null && !WifiPassword.IsEmpty)
        {
            throw PasswordWithoutNetwork();
        }

        var hostLength = Encoding.ASCII.GetByteCount(BrokerHost);
        var ssidLength = WifiSsid is null ? 0 : Encoding.UTF8.GetByteCount(WifiSsid);
        var area = Field(UuidLength) + Field(hostLength) + Field(sizeof(ushort)) + Field(_trustAnchor.Length) + Field(_certificateChain.Length) + Field(_privateKey.Length)
            + Field(sizeof(ulong)) + Field(TopicPrefix.Length) + Field(_renewalKey.Length) + Field(_storageKey.Length)
            + (ssidLength == 0 ? 0 : Field(ssidLength)) + (_wifiPassword.Length == 0 ? 0 : Field(_wifiPassword.Length));
        if (area > MaxAreaLength)
        {
            throw new ImageException("067", $"the identity is {area - MaxAreaLength} bytes too big for its {Length}.", "Shorten the certificates: names and extensions are what varies.");
        }

        var blob = SecretBytes.Allocate(Length);
        blob.AsSpan().Fill(0xFF);
        Magic.CopyTo(blob);
        blob[VersionOffset] = CurrentVersion;
        BinaryPrimitives.WriteUInt16LittleEndian(blob.AsSpan(AreaLengthOffset), (ushort)area);

        var rest = blob.AsSpan(AreaOffset);
        DeviceId.TryWriteBytes(Next(ref rest, IdentityField.DeviceId, UuidLength), bigEndian: true, out _);
        Encoding.ASCII.GetBytes(BrokerHost, Next(ref rest, IdentityField.BrokerHost, hostLength));
        BinaryPrimitives.WriteUInt16LittleEndian(Next(ref rest, IdentityField.BrokerPort, sizeof(ushort)), BrokerPort);
        TrustAnchor.CopyTo(Next(ref rest, IdentityField.TrustAnchor, _trustAnchor.Length));
        CertificateChain.CopyTo(Next(ref rest, IdentityField.CertificateChain, _certificateChain.Length));
        PrivateKey.CopyTo(Next(ref rest, IdentityField.PrivateKey, _privateKey.Length));
        BinaryPrimitives.WriteInt64LittleEndian(Next(ref rest, IdentityField.IssueTime, sizeof(ulong)), IssueTime.ToUnixTimeSeconds());
        Encoding.ASCII.GetBytes(TopicPrefix, Next(ref rest, IdentityField.TopicPrefix, TopicPrefix.Length));
        RenewalKey.CopyTo(Next(ref rest, IdentityField.RenewalKey, _renewalKey.Length));
        StorageKey.CopyTo(Next(ref rest, IdentityField.StorageKey, _storageKey.Length));
        if (WifiSsid is not null)
        {
            Encoding.UTF8.GetBytes(WifiSsid, Next(ref rest, IdentityField.WifiSsid, ssidLength));
        }

        if (!WifiPassword.IsEmpty)
        {
            WifiPassword.CopyTo(Next(ref rest, IdentityField.WifiPassword, _wifiPassword.Length));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(rest, Crc32.IsoHdlc(blob.AsSpan(0, AreaOffset + area)));
        return blob;
    }

    private static int Field(int valueLength) => FieldHeaderLength + valueLength;

    private static Span<byte> Next(ref Span<byte> rest, IdentityField field, int length)
    {
        rest[0] = (byte)field;
        BinaryPrimitives.WriteUInt16LittleEndian(rest[1..], (ushort)length);
        var value = rest.Slice(FieldHeaderLength, length);
        rest = rest[(FieldHeaderLength + length)..];
        return value;
    }

    private static ImageException PasswordWithoutNetwork() =>
        new("068", "the identity has a Wi-Fi password and no Wi-Fi network.", "Give both, or neither.");
}
