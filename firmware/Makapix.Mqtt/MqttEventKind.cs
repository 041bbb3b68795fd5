namespace Makapix.Mqtt
{
    /// <summary>What an <see cref="MqttEvent"/> tells.</summary>
    public enum MqttEventKind
    {
        /// <summary>The server accepted the session.</summary>
        Connected = 0,

        /// <summary>A message: topic, payload, QoS, retain, duplicate.</summary>
        Message = 1,

        /// <summary>A message over a cap was discarded as it streamed past: <see cref="MqttEvent.PayloadLength"/> bytes; <see cref="MqttEvent.Topic"/> is null when the topic was too long.</summary>
        MessageDiscarded = 2,

        /// <summary>The QoS 1 message in flight has its <see cref="MqttEvent.Outcome"/>.</summary>
        Published = 3,

        /// <summary>SUBACK: <see cref="MqttEvent.Grants"/>.</summary>
        Subscribed = 4,

        /// <summary>UNSUBACK.</summary>
        Unsubscribed = 5,

        /// <summary>The session ended: <see cref="MqttEvent.Cause"/>. The last event of a session; an unanswered subscribe or unsubscribe failed with it.</summary>
        Closed = 6,
    }
}
