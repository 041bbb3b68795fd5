using System;
using System.Globalization;

namespace Makapix.Mqtt.Desktop;

/// <summary>A failure of a broker connection, <c>MKX-MQTT-NNN</c>.</summary>
public sealed class MqttException : MakapixException
{
    /// <summary>Creates the failure; the next step follows from its kind.</summary>
    /// <param name="kind">What kind of failure.</param>
    /// <param name="cause">What happened, one sentence with its full stop.</param>
    /// <param name="inner">The failure underneath.</param>
    public MqttException(MqttFailure kind, string cause, Exception? inner = null)
        : base(string.Create(CultureInfo.InvariantCulture, $"MKX-MQTT-{(int)kind:000}"), cause, NextStepFor(kind), inner) => Kind = kind;

    /// <summary>What kind of failure.</summary>
    public MqttFailure Kind { get; }

    /// <summary>How the engine's session ended; <see cref="MqttCloseCause.None"/> when it never began.</summary>
    public MqttCloseCause CloseCause { get; init; }

    /// <summary>The server's answer, when <see cref="Kind"/> is <see cref="MqttFailure.ConnectRefused"/>.</summary>
    public MqttConnackCode ConnackCode { get; init; }

    private static string NextStepFor(MqttFailure kind) => kind switch
    {
        MqttFailure.NameNotResolved => "Check the broker's name and this machine's DNS.",
        MqttFailure.Unreachable => "Check that the broker runs, its port, and the firewalls between.",
        MqttFailure.ServerUntrusted => "Do not go on: check that the broker serves its chain, and that the trust anchor is that of its authority.",
        MqttFailure.ServerNameMismatch => "Use a name that the broker's certificate holds, or issue the broker a certificate for this name.",
        MqttFailure.ServerExpired => "Check this machine's clock, then renew the broker's certificate.",
        MqttFailure.ServerWrongUsage => "Do not go on: only a certificate issued for a broker may serve as one.",
        MqttFailure.CertificateRefused => "Check that our certificate is neither revoked nor expired, and that the broker trusts its authority.",
        MqttFailure.TlsFailed => "Check that the port is the broker's TLS port, and that it allows TLS 1.2 or 1.3.",
        MqttFailure.ConnectionClosed => "Look into the broker's log: it may be overloaded, or refuse us without saying so.",
        MqttFailure.ConnectRefused => "Check that the client id is allowed and equals the certificate's name.",
        MqttFailure.TimedOut => "Check the network and the broker's load, then retry.",
        MqttFailure.SessionLost => "Connect again; if it recurs, look for a second client with the same id.",
        MqttFailure.ProtocolViolation => "Check what answers on this port: it does not speak MQTT 3.1.1.",
        MqttFailure.SubscriptionRefused => "Check the broker's ACL for this certificate's name.",
        _ => "Retry.",
    };
}
