using System;
using System.Linq;
using System.Net;
using System.Text;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// A DNS name that a broker certificate may carry: letters, digits and hyphens (RFC 1123, 2.1), exact, lower case. No wildcard: one stolen
/// broker key must not stand for hosts it never was. No device's name: a leaf takes no other kind's name.
/// </summary>
internal static class HostName
{
    private const int MaxLength = 253;
    private const int MaxLabel = 63;
    private const string PlayerPrefix = "player-";

    /// <summary>The name in lower case.</summary>
    /// <exception cref="AuthorityException">MKX-CA-010: not such a name.</exception>
    public static string Parse(string text)
    {
        var name = text.ToLowerInvariant();
        return Ascii.IsValid(text) && IsValid(name) // ASCII before lower case: the Kelvin sign would become a k.
            ? name
            : throw new AuthorityException("010", "that is not a host name a broker certificate can carry.", Advice(text));
    }

    /// <summary>True if <paramref name="name"/> is such a name, in lower case.</summary>
    public static bool IsValid(string name)
    {
        var labels = name.Split('.');
        return name.Length <= MaxLength
            && labels.All(IsLabel)
            && labels[^1].Any(char.IsAsciiLetter) // An all-numeric last label is an address in disguise (RFC 3696, 2).
            && !IsDeviceName(name);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabel
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && label[0] != '-'
        && label[^1] != '-';

    private static bool IsDeviceName(string name) =>
        Guid.TryParseExact(name.StartsWith(PlayerPrefix, StringComparison.Ordinal) ? name[PlayerPrefix.Length..] : name, "D", out _);

    private static string Advice(string text) =>
        IPAddress.TryParse(text, out _) ? "Give an address by --ip, and only if the clients can check one (mbedTLS cannot)."
        : text.Contains('*', StringComparison.Ordinal) ? "Name each host; wildcards are not issued."
        : "Give a DNS name of letters, digits, hyphens and dots (an international name in its xn-- form), without a scheme, port or final dot.";
}
