using System;

namespace Makapix.Mqtt
{
    /// <summary>
    /// What a session is to be. Immutable, validated once by <see cref="MqttEngine"/>. There is no user name and no password: the identity is the
    /// client certificate. The session is always clean (3.1.2.4): nothing is owed across connections, by either side.
    /// </summary>
    public sealed class MqttOptions
    {
        /// <summary>Creates options with the defaults.</summary>
        /// <param name="clientId">Client identifier, 1 to 65535 bytes of UTF-8. Servers may demand that it equals the certificate's CN.</param>
        public MqttOptions(string clientId)
        {
            ClientId = clientId;
        }

        /// <summary>Client identifier.</summary>
        public string ClientId { get; }

        /// <summary>
        /// Keep-alive in seconds, 1 to 65535. A ping is due three quarters of it after the last proof of life. It cannot be switched off:
        /// without it a frozen broker looks like a quiet one.
        /// </summary>
        public int KeepAliveSeconds { get; init; } = 60;

        /// <summary>Last will; null for none.</summary>
        public MqttWill? Will { get; init; }

        /// <summary>Longest incoming topic in bytes, 1 to 65535. A message with a longer one is discarded.</summary>
        public int MaxIncomingTopicBytes { get; init; } = 256;

        /// <summary>Longest incoming payload in bytes, 0 to 268435455. A message with a longer one is discarded.</summary>
        public int MaxIncomingPayloadBytes { get; init; } = 4096;

        /// <summary>Longest packet to send, header and all, in bytes, 64 to 1048576; also about what is queued at most.</summary>
        public int MaxOutgoingPacketBytes { get; init; } = 4096;

        /// <summary>How long CONNACK may take, in milliseconds.</summary>
        public int ConnackTimeoutMilliseconds { get; init; } = 10000;

        /// <summary>How long PUBACK, SUBACK and UNSUBACK may take from the call that asked for them, in milliseconds.</summary>
        public int AckTimeoutMilliseconds { get; init; } = 10000;

        /// <summary>How long PINGRESP may take, in milliseconds.</summary>
        public int PingTimeoutMilliseconds { get; init; } = 10000;

        internal void Validate()
        {
            int idBytes = MqttText.Utf8Length(ClientId);
            if (idBytes < 1)
            {
                throw new ArgumentException("client identifier: empty, too long, or no text");
            }

            Require(KeepAliveSeconds, 1, 65535, nameof(KeepAliveSeconds));
            Require(MaxIncomingTopicBytes, 1, MqttText.MaxBytes, nameof(MaxIncomingTopicBytes));
            Require(MaxIncomingPayloadBytes, 0, 268435455, nameof(MaxIncomingPayloadBytes));
            Require(MaxOutgoingPacketBytes, 64, 1048576, nameof(MaxOutgoingPacketBytes));
            Require(ConnackTimeoutMilliseconds, 1, int.MaxValue, nameof(ConnackTimeoutMilliseconds));
            Require(AckTimeoutMilliseconds, 1, int.MaxValue, nameof(AckTimeoutMilliseconds));
            Require(PingTimeoutMilliseconds, 1, int.MaxValue, nameof(PingTimeoutMilliseconds));
        }

        private static void Require(int value, int least, int most, string name)
        {
            if (value < least || value > most)
            {
                throw new ArgumentOutOfRangeException(name);
            }
        }
    }
}
