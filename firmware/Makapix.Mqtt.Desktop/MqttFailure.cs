namespace Makapix.Mqtt.Desktop;

/// <summary>What kept a client from its broker, or ended its session. The number is that of the code, <c>MKX-MQTT-NNN</c>, and stable.</summary>
public enum MqttFailure
{
    /// <summary>The broker's name has no address.</summary>
    NameNotResolved = 1,

    /// <summary>TCP: refused, or no way there.</summary>
    Unreachable = 2,

    /// <summary>The server's chain does not end in a trust anchor, or is otherwise not valid.</summary>
    ServerUntrusted = 3,

    /// <summary>The server's certificate is for another name.</summary>
    ServerNameMismatch = 4,

    /// <summary>The server's certificate, or one above it, is not valid at this time.</summary>
    ServerExpired = 5,

    /// <summary>The server's certificate is not one for servers: no extended key usage serverAuth.</summary>
    ServerWrongUsage = 6,

    /// <summary>The server refused our certificate, or the lack of one, with a TLS alert.</summary>
    CertificateRefused = 7,

    /// <summary>TLS failed in another way: no TLS there, no common version, a broken peer.</summary>
    TlsFailed = 8,

    /// <summary>The server closed the connection before it accepted the session, without saying why.</summary>
    ConnectionClosed = 9,

    /// <summary>CONNACK refused the session.</summary>
    ConnectRefused = 10,

    /// <summary>A step took longer than it may.</summary>
    TimedOut = 11,

    /// <summary>An accepted session ended, or its server fell silent.</summary>
    SessionLost = 12,

    /// <summary>The server broke MQTT 3.1.1.</summary>
    ProtocolViolation = 13,

    /// <summary>SUBACK refused a filter.</summary>
    SubscriptionRefused = 14,
}
