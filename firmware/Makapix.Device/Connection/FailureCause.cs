namespace Makapix.Device.Connection
{
    /// <summary>Why an attempt or a session ended.</summary>
    public enum FailureCause
    {
        /// <summary>It did not.</summary>
        None,

        /// <summary>The network could not be joined.</summary>
        NoNetwork,

        /// <summary>No server told a time that can be believed.</summary>
        NoTime,

        /// <summary>The broker's name did not resolve.</summary>
        NoName,

        /// <summary>The broker's address did not answer, or refused the TCP connection.</summary>
        NoRoute,

        /// <summary>This device's own certificate or key cannot be used.</summary>
        Identity,

        /// <summary>The broker's certificate does not verify: another CA, another name, a wrong purpose, out of its time.</summary>
        Untrusted,

        /// <summary>The broker refused this device's certificate by a TLS alert, as when it is revoked: an explicit refusal.</summary>
        CertificateRefused,

        /// <summary>TLS failed otherwise, or the platform does not tell how.</summary>
        Tls,

        /// <summary>The peer hung up, before there was a session.</summary>
        Closed,

        /// <summary>The peer stayed silent longer than it may.</summary>
        Timeout,

        /// <summary>CONNACK said no: an explicit refusal.</summary>
        BrokerRefused,

        /// <summary>CONNACK said that the service is not available (code 3): overload, no refusal.</summary>
        BrokerUnavailable,

        /// <summary>SUBACK said no.</summary>
        SubscribeRefused,

        /// <summary>The peer broke MQTT.</summary>
        Protocol,

        /// <summary>A session that was online ended.</summary>
        SessionLost,

        /// <summary>Something in this device failed, memory for instance.</summary>
        Internal,

        /// <summary>A step did not end, and the supervisor restarted the device.</summary>
        Stalled,
    }
}
