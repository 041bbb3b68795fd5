using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Makapix.Provisioning.Broker.Lint;

/// <summary>mosquitto.conf(5).</summary>
internal static class ConfigurationLint
{
    private const long LongestKeepAlive = 3600;

    private static readonly string[] Directives = ["listener", "port", "allow_anonymous", "acl_file", "password_file", "persistence", "log_dest", "include_dir", "per_listener_settings", "bind_address"];

    private static readonly string[] OldVersions = ["tlsv1", "tlsv1.0", "tlsv1.1"];

    public static bool IsDirective(LintLine line) => Directives.Contains(line.Key);

    public static IEnumerable<LintFinding> Look(LintText text) => [.. LookAtAll(text), .. Listeners(text).SelectMany(LookAtListener)];

    private static IEnumerable<LintFinding> LookAtAll(LintText text)
    {
        var file = text.File;
        if (text.Last("password_file") is { } passwords)
        {
            yield return LintRules.SharedCredentials.At(file, passwords.Number);
        }

        foreach (var line in text.Lines.Where(line => line is { Key: "allow_anonymous", Value: "true" }))
        {
            yield return LintRules.Anonymous.At(file, line.Number);
        }

        foreach (var line in text.Lines.Where(line => line.Key == "include_dir"))
        {
            yield return LintRules.NotRead.At(file, line.Number);
        }

        if (text.Last("acl_file") is null && text.Last("plugin") is null && text.Last("auth_plugin") is null)
        {
            yield return LintRules.NoAcl.At(file, 0);
        }

        if (text.Last("user") is { Value: "root" } user)
        {
            yield return LintRules.Root.At(file, user.Number);
        }

        // 0 stands for no limit in each of these.
        if (text.Number("max_queued_bytes") is null or 0 || text.Number("max_queued_messages") is 0)
        {
            yield return LintRules.NoQueueLimit.At(file, text.Last("max_queued_bytes")?.Number ?? text.Last("max_queued_messages")?.Number ?? 0);
        }

        if (text.Number("max_packet_size") is null or 0)
        {
            yield return LintRules.NoPacketLimit.At(file, text.Last("max_packet_size")?.Number ?? 0);
        }

        if (text.Number("max_keepalive") is null or 0 or > LongestKeepAlive)
        {
            yield return LintRules.NoKeepAliveLimit.At(file, text.Last("max_keepalive")?.Number ?? 0);
        }

        if (text.Number("memory_limit") is null or 0)
        {
            yield return LintRules.NoMemoryLimit.At(file, text.Last("memory_limit")?.Number ?? 0);
        }

        if (text.Last("persistent_client_expiration") is null)
        {
            yield return LintRules.SessionsForEver.At(file, 0);
        }
    }

    private static IEnumerable<LintFinding> LookAtListener(LintText listener)
    {
        var (file, head) = (listener.File, listener.Lines[0]);
        var words = head.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var local = IsLocal(head, words, listener);
        var tls = listener.Last("certfile") is not null;
        var subject = $"listener {(words.Length > 0 ? words[0] : "")}";
        if (listener.Number("max_connections") is null or < 0)
        {
            yield return LintRules.NoConnectionLimit.At(file, head.Number, subject);
        }

        if (!local)
        {
            yield return LintRules.NoAddressLimit.At(file, head.Number, subject);
        }

        if (!tls)
        {
            if (!local)
            {
                yield return LintRules.Plaintext.At(file, head.Number, subject);
            }

            yield break;
        }

        if (listener.Last("require_certificate") is not { Value: "true" })
        {
            yield return LintRules.NoClientCertificate.At(file, head.Number, subject);
        }
        else
        {
            if (listener.Last("use_identity_as_username") is not { Value: "true" } && listener.Last("use_subject_as_username") is not { Value: "true" })
            {
                yield return LintRules.NameOfTheirChoice.At(file, head.Number, subject);
            }

            if (listener.Last("crlfile") is null)
            {
                yield return LintRules.NoCrl.At(file, head.Number, subject);
            }
        }

        if (listener.Last("use_username_as_clientid") is not { Value: "true" })
        {
            yield return LintRules.ClientIdTakeover.At(file, head.Number, subject);
        }

        if (listener.Last("tls_version") is { } version && OldVersions.Contains(version.Value))
        {
            yield return LintRules.OldTls.At(file, version.Number, subject);
        }
    }

    // What follows a 'listener' is its own; what stands before the first belongs to the default one, which 'port' opens (mosquitto 1.x style).
    private static IEnumerable<LintText> Listeners(LintText text)
    {
        var lines = text.Lines;
        var starts = Enumerable.Range(0, lines.Count).Where(index => lines[index].Key is "listener").ToList();
        var head = lines.Take(starts.Count > 0 ? starts[0] : lines.Count).ToList();
        if (head.Find(line => line.Key == "port") is { } port)
        {
            yield return text with { Lines = [port, .. head] };
        }

        for (var index = 0; index < starts.Count; index++)
        {
            var end = index + 1 < starts.Count ? starts[index + 1] : lines.Count;
            yield return text with { Lines = [.. lines.Skip(starts[index]).Take(end - starts[index])] };
        }
    }

    // 'listener 0 /path' is a Unix socket.
    private static bool IsLocal(LintLine head, string[] words, LintText listener)
    {
        var address = head.Key == "port" ? listener.Last("bind_address")?.Value : words.ElementAtOrDefault(1);
        return address is not null && (address is "localhost" || address.StartsWith('/') || (IPAddress.TryParse(address, out var parsed) && IPAddress.IsLoopback(parsed)));
    }
}
