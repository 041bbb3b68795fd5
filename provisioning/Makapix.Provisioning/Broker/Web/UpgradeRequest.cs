using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Web;

/// <summary>
/// A browser's request for a WebSocket (RFC 6455, 4.2.1). The front has read it before and passes on nothing else, so this is a few lines and no web
/// server; what follows the request is .NET's own WebSocket.
/// </summary>
internal static class UpgradeRequest
{
    private const int MaxBytes = 8 * 1024;
    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Reads one, and answers it.</summary>
    /// <returns>False if it was none; it was told so.</returns>
    public static async Task<bool> AcceptAsync(Stream stream, CancellationToken cancel)
    {
        var fields = await ReadAsync(stream, cancel);
        if (fields is null || Key(fields) is not { } key)
        {
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancel);
            return false;
        }

#pragma warning disable CA5350 // RFC 6455 asks for SHA-1: it is no secret, and proves that somebody understood the request.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Guid)));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n"), cancel);
        return true;
    }

    /// <summary>The fields by their names, small; null if it is no <c>GET /mqtt</c>.</summary>
    internal static Dictionary<string, string>? Parse(string head)
    {
        var lines = head.Split("\r\n");
        if (lines[0] != "GET /mqtt HTTP/1.1")
        {
            return null;
        }

        var fields = new Dictionary<string, string>();
        foreach (var line in lines.Skip(1))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon) || !fields.TryAdd(line[..colon].ToLowerInvariant(), line[(colon + 1)..].Trim()))
            {
                return null;
            }
        }

        return fields;
    }

    /// <summary>Its key; null if it does not ask for MQTT over a WebSocket of version 13.</summary>
    internal static string? Key(Dictionary<string, string> fields) =>
        Has(fields, "upgrade", "websocket") && Has(fields, "connection", "upgrade") && Has(fields, "sec-websocket-version", "13") && Has(fields, "sec-websocket-protocol", "mqtt")
            ? fields.GetValueOrDefault("sec-websocket-key")
            : null;

    private static bool Has(Dictionary<string, string> fields, string name, string word) =>
        fields.GetValueOrDefault(name)?.Split(',').Any(one => one.Trim().Equals(word, StringComparison.OrdinalIgnoreCase)) == true;

    // Byte by byte: what follows the empty line is not ours. A front that sends 8 KiB of head is none.
    private static async Task<Dictionary<string, string>?> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < MaxBytes && await stream.ReadAsync(one, cancel) == 1)
        {
            head.Add(one[0]);
            if (head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r')
            {
                return Parse(Encoding.Latin1.GetString([.. head.SkipLast(4)]));
            }
        }

        return null;
    }
}
