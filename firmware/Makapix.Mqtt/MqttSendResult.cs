namespace Makapix.Mqtt
{
    /// <summary>Whether the engine took a packet to send. Whatever is not <see cref="Accepted"/> changed nothing.</summary>
    public enum MqttSendResult
    {
        /// <summary>Queued in <see cref="MqttEngine.Outgoing"/>; acknowledged kinds report their outcome by an event.</summary>
        Accepted = 0,

        /// <summary>There is no accepted session.</summary>
        NotConnected = 1,

        /// <summary>One of its kind is still in flight: wait for its event.</summary>
        Busy = 2,

        /// <summary>The peer has not taken enough of what is queued: send first, then try again.</summary>
        BufferFull = 3,

        /// <summary>The packet can never fit <see cref="MqttOptions.MaxOutgoingPacketBytes"/>, or holds more than <see cref="MqttEngine.MaxFilters"/> filters.</summary>
        TooLarge = 4,

        /// <summary>A topic or filter that 4.7 forbids. Sending it would make the server drop the connection.</summary>
        InvalidTopic = 5,
    }
}
