using System;
using System.IO;

namespace Makapix.Provisioning.Broker;

/// <summary>
/// Writes mosquitto.conf and the access list: one listener, mutual TLS, the certificate's CN as the user name, a CRL of each issuer, and a limit
/// on everything that a client could make grow.
/// </summary>
public static class MosquittoConfiguration
{
    /// <summary>Writes both files into <see cref="MosquittoOptions.Folder"/>.</summary>
    /// <returns>The path of mosquitto.conf.</returns>
    public static string Write(MosquittoOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        File.WriteAllText(Path.Combine(options.Folder, "acl"), options.Acl);
        var path = Path.Combine(options.Folder, "mosquitto.conf");
        File.WriteAllText(path, Text(options));
        return path;
    }

    // max_connections is per listener and must follow it (mosquitto.conf(5)).
    // tls_version is a minimum: 1.2 and 1.3 are spoken.
    private static string Text(MosquittoOptions options) => $"""
        per_listener_settings false
        user {Environment.UserName}
        persistence false
        allow_anonymous false
        acl_file {options.Folder}/acl
        log_dest stderr
        log_type error
        log_type warning
        log_type notice
        log_type information
        connection_messages true
        max_packet_size {options.MaxPacketBytes}
        max_inflight_messages 20
        max_queued_messages {options.MaxQueuedMessages}
        max_queued_bytes {options.MaxQueuedBytes}
        max_keepalive {options.MaxKeepAliveSeconds}

        listener {options.Listen.Port} {options.Listen.Address}
        max_connections {options.MaxConnections}
        cafile {options.Folder}/ca.crt
        certfile {options.Folder}/broker.crt
        keyfile {options.Folder}/broker.key
        crlfile {options.Folder}/crl.pem
        tls_version tlsv1.2
        require_certificate true
        use_identity_as_username true

        """;
}
