using System;

namespace Makapix.Mqtt
{
    /// <summary>What the server publishes for a client that vanishes without DISCONNECT (3.1.2.5). Immutable.</summary>
    public sealed class MqttWill
    {
        private readonly byte[] _payload;

        /// <summary>Creates the will.</summary>
        /// <param name="topic">Topic without wildcards.</param>
        /// <param name="payload">At most 65535 bytes; copied.</param>
        /// <param name="qos">Promise under which it is published.</param>
        /// <param name="retain">Whether the server keeps it.</param>
        /// <exception cref="ArgumentException">A topic that 4.7 forbids, or a payload that is too long.</exception>
        public MqttWill(string topic, byte[] payload, MqttQos qos, bool retain)
        {
            if (!MqttText.IsTopic(topic))
            {
                throw new ArgumentException("no topic to publish to", nameof(topic));
            }

            if (payload.Length > MqttText.MaxBytes)
            {
                throw new ArgumentException("over 65535 bytes", nameof(payload));
            }

            Topic = topic;
            _payload = (byte[])payload.Clone();
            Qos = qos;
            Retain = retain;
        }

        /// <summary>Topic it is published to.</summary>
        public string Topic { get; }

        /// <summary>Promise under which it is published.</summary>
        public MqttQos Qos { get; }

        /// <summary>Whether the server keeps it.</summary>
        public bool Retain { get; }

        // Not public: an array handed out could be changed.
        internal byte[] Payload
        {
            get { return _payload; }
        }
    }
}
