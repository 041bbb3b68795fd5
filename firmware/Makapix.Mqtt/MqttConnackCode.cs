namespace Makapix.Mqtt
{
    /// <summary>The server's answer to CONNECT (3.2.2.3).</summary>
    public enum MqttConnackCode
    {
        /// <summary>Accepted.</summary>
        Accepted = 0,

        /// <summary>The server does not speak MQTT 3.1.1.</summary>
        ProtocolVersion = 1,

        /// <summary>The client identifier is not allowed.</summary>
        IdentifierRejected = 2,

        /// <summary>The service is not available.</summary>
        ServerUnavailable = 3,

        /// <summary>Bad user name or password.</summary>
        BadCredentials = 4,

        /// <summary>Not authorized.</summary>
        NotAuthorized = 5,
    }
}
