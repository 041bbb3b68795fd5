using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>A key on a PKCS#11 token, as a URI without its PIN (RFC 7512): <c>pkcs11:token=ca;object=devices?module-path=/usr/lib/….so</c>.</summary>
internal sealed record TokenUri
{
    /// <summary>The module of p11-kit that knows every token that this machine is set up for.</summary>
    public const string DefaultModule = "p11-kit-proxy.so";

    private const string Scheme = "pkcs11:";
    private readonly string _text;

    private TokenUri(string text) => _text = text;

    /// <summary>Label of the token.</summary>
    public required string Token { get; init; }

    /// <summary>Label of the key; null if it is found by its id.</summary>
    public string? Object { get; init; }

    /// <summary>Id of the key, percent-encoded as RFC 7512 has it; null if it is found by its label.</summary>
    public byte[]? Id { get; init; }

    /// <summary>The library that talks to the token.</summary>
    public string Module { get; init; } = DefaultModule;

    /// <exception cref="AuthorityException">MKX-CA-060: not such a URI. 061: it holds a PIN.</exception>
    public static TokenUri Parse(string text)
    {
        if (text.Contains("pin-value", StringComparison.OrdinalIgnoreCase) || text.Contains("pin-source", StringComparison.OrdinalIgnoreCase))
        {
            throw new AuthorityException("061", "a PIN, or the place of one, stands in the token's URI.", "Take it out: makapix asks for the PIN where it asks for passphrases.");
        }

        var parts = text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..].Split('?') : [];
        var path = parts.Length is 1 or 2 ? Attributes(parts[0], ';') : null;
        var query = parts.Length == 2 ? Attributes(parts[1], '&') : [];
        if (path is null || query is null || !path.ContainsKey("token") || path.ContainsKey("object") == path.ContainsKey("id")
            || path.Keys.Except(["token", "object", "id", "type"]).Any() || path.GetValueOrDefault("type", "private") != "private" || query.Keys.Except(["module-path"]).Any())
        {
            throw new AuthorityException("060", "that names no key on a token.", "Give pkcs11:token=LABEL;object=LABEL (or ;id=%01), and ?module-path=FILE where p11-kit does not know the token.");
        }

        return new TokenUri(text)
        {
            Token = Uri.UnescapeDataString(path["token"]),
            Object = path.TryGetValue("object", out var label) ? Uri.UnescapeDataString(label) : null,
            Id = path.TryGetValue("id", out var id) ? Octets(id) : null,
            Module = query.TryGetValue("module-path", out var module) ? Uri.UnescapeDataString(module) : DefaultModule,
        };
    }

    public override string ToString() => _text;

    private static Dictionary<string, string>? Attributes(string text, char separator)
    {
        var attributes = new Dictionary<string, string>();
        foreach (var pair in text.Split(separator))
        {
            if (pair.Split('=') is not [{ Length: > 0 } name, { Length: > 0 } value] || !attributes.TryAdd(name, value))
            {
                return null;
            }
        }

        return attributes;
    }

    // Each octet is %XX, or a character that stands for itself.
    private static byte[] Octets(string text)
    {
        var octets = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, null, out var octet))
            {
                octets.Add(octet);
                i += 2;
            }
            else
            {
                octets.Add((byte)text[i]);
            }
        }

        return [.. octets];
    }
}
