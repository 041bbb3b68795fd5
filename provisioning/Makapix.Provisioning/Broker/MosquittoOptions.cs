using System.Net;

namespace Makapix.Provisioning.Broker;

/// <summary>What one mosquitto is to be.</summary>
/// <param name="Folder">Where its certificate files are, and its configuration goes: <c>broker.crt</c>, <c>broker.key</c>, <c>ca.crt</c>, <c>crl.pem</c>.</param>
/// <param name="Listen">Address and port of the one mTLS listener.</param>
/// <param name="Acl">Text of the access list: <see cref="PlayerAcl"/>.</param>
public sealed record MosquittoOptions(string Folder, IPEndPoint Listen, string Acl)
{
    /// <summary>Clients at a time, on the listener.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Whole packet, bytes. The service's replies reach 128 KiB (player protocol, section 11); more is an attack.</summary>
    public int MaxPacketBytes { get; init; } = 135_168;

    /// <summary>Messages kept for one slow client.</summary>
    public int MaxQueuedMessages { get; init; } = 100;

    /// <summary>Bytes kept for one slow client.</summary>
    public int MaxQueuedBytes { get; init; } = 1_048_576;

    /// <summary>Longest keep-alive a client may ask for, seconds: a longer one holds a slot after the client has gone (CVE-2020-13849).</summary>
    public int MaxKeepAliveSeconds { get; init; } = 120;
}
