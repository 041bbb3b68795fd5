using System;
using System.Formats.Asn1;
using System.Linq;
using System.Text;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Images;

/// <summary>
/// What each field of an identity may hold; the same for one that is made and one that is read, and never more than the firmware takes
/// (<c>Makapix.Device.Identity.IdentityFields</c>): a station that writes what a device refuses has made a brick.
/// </summary>
public static class IdentityRules
{
    private const int MaxHostLength = 253;
    private const int MaxTopicPrefixLength = 96;

    // IEEE 802.11 allows 32 and, as hexadecimal digits, 64. nanoFramework's buffers (HAL_Configuration_Wireless80211: Ssid[32], Password[64]) hold the NUL too.
    private const int MaxSsidLength = 31;
    private const int MinWifiPasswordLength = 8;
    private const int MaxWifiPasswordLength = 63;

    /// <summary>Whether a device can connect to that host: a DNS name, as text in ASCII, or an IPv4 address.</summary>
    public static bool IsBrokerHost(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length is > 0 and <= MaxHostLength && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') && Uri.CheckHostName(value) != UriHostNameType.Unknown;
    }

    /// <summary>Whether a device can join a Wi-Fi network of that name: 1 to 31 bytes of UTF-8 without NUL (IEEE 802.11, 9.4.2.2, has 32).</summary>
    public static bool IsWifiSsid(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Encoding.UTF8.GetByteCount(value) is > 0 and <= MaxSsidLength && !value.Contains('\0');
    }

    /// <summary>Whether a device can join a protected Wi-Fi network with that password: a passphrase of 8 to 63 bytes of UTF-8 (IEEE 802.11, J.4.1) without NUL.</summary>
    public static bool IsWifiPassword(ReadOnlySpan<byte> value) => value.Length is >= MinWifiPasswordLength and <= MaxWifiPasswordLength && !value.Contains((byte)0);

    internal static Guid DeviceId(Guid value) => value != Guid.Empty ? value : throw Bad(IdentityField.DeviceId, "is the empty UUID");

    internal static string BrokerHost(string value) => IsBrokerHost(value) ? value : throw Bad(IdentityField.BrokerHost, "is neither a DNS name nor an IPv4 address");

    internal static ushort BrokerPort(ushort value) => value != 0 ? value : throw Bad(IdentityField.BrokerPort, "is 0");

    internal static byte[] Der(ReadOnlySpan<byte> value, IdentityField field, int elements)
    {
        var rest = value;
        for (var i = 0; i < elements; i++)
        {
            if (!AsnDecoder.TryReadEncodedValue(rest, AsnEncodingRules.DER, out var tag, out _, out _, out var consumed) || tag != Asn1Tag.Sequence)
            {
                throw Bad(field, "is not DER");
            }

            rest = rest[consumed..];
        }

        return rest.IsEmpty ? SecretBytes.Copy(value) : throw Bad(field, "goes on behind its end");
    }

    internal static DateTimeOffset IssueTime(DateTimeOffset value) =>
        value > DateTimeOffset.UnixEpoch && value.Ticks % TimeSpan.TicksPerSecond == 0
            ? value.ToUniversalTime()
            : throw Bad(IdentityField.IssueTime, "is not a whole second since 1970");

    /// <summary>MQTT 3.1.1 section 4.7: no wildcard in a topic name; ASCII, so that its length is its length in bytes.</summary>
    internal static string TopicPrefix(string value) =>
        value.Length is > 0 and <= MaxTopicPrefixLength && value[0] != '/' && value[^1] != '/' && value.All(c => c is > ' ' and <= '~' and not '+' and not '#')
            ? value
            : throw Bad(IdentityField.TopicPrefix, "is no topic name");

    internal static byte[] SymmetricKey(ReadOnlySpan<byte> value, IdentityField field) =>
        value.Length == IdentityBlob.SymmetricKeyLength && value.ContainsAnyExcept((byte)0)
            ? SecretBytes.Copy(value)
            : throw Bad(field, $"is not {IdentityBlob.SymmetricKeyLength} bytes of key");

    internal static string? WifiSsid(string? value) => value is null || IsWifiSsid(value) ? value : throw Bad(IdentityField.WifiSsid, $"has not 1 to {MaxSsidLength} bytes without NUL, which is what the firmware's Wi-Fi takes");

    /// <summary>The password; empty for an open network.</summary>
    internal static ReadOnlySpan<byte> WifiPassword(ReadOnlySpan<byte> value) =>
        value.IsEmpty || IsWifiPassword(value) ? value : throw Bad(IdentityField.WifiPassword, $"has not {MinWifiPasswordLength} to {MaxWifiPasswordLength} bytes without NUL, which is what the firmware's Wi-Fi takes");

    // Never the value: half of the fields are secret.
    internal static ImageException Bad(IdentityField field, string what) =>
        new("066", $"the identity's {field} {what}.", "Check what the station was given, and issue the identity again.");
}
