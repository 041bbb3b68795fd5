namespace Makapix.Device.Connection
{
    /// <summary>
    /// A session with the broker: one at a time, driven by one thread, nothing thrown unless memory runs out. Of what is published (QoS 1) one message is in flight, and its
    /// outcome is told: <see cref="LinkEvent.Published"/>, <see cref="LinkEvent.Unconfirmed"/> or <see cref="LinkEvent.Ended"/>.
    /// </summary>
    public interface IBrokerLink
    {
        /// <summary>Connects and asks for a clean session; the answer is an event.</summary>
        /// <returns>Why that failed, or <see cref="FailureCause.None"/>.</returns>
        FailureCause Open();

        /// <summary>Waits for the next event, at most <paramref name="waitMs"/> milliseconds.</summary>
        LinkEvent Poll(int waitMs);

        /// <summary>Topic of the message that <see cref="Poll"/> told of.</summary>
        string? Topic { get; }

        /// <summary>Its payload: the first <see cref="PayloadLength"/> bytes, until the next call.</summary>
        byte[] Payload { get; }

        /// <summary>Bytes of it.</summary>
        int PayloadLength { get; }

        /// <summary>Why the last session ended.</summary>
        FailureCause EndedBy { get; }

        /// <summary>Subscribes one filter with QoS 1. False if it cannot be sent now.</summary>
        bool Subscribe(string filter);

        /// <summary>Publishes with QoS 1. False if it cannot be sent now.</summary>
        bool Publish(string topic, byte[] payload, bool retain);

        /// <summary>
        /// Drops the connection, at any time, once or often. Without DISCONNECT, on purpose: the broker then publishes the last will, and that the device is
        /// gone is known at once.
        /// </summary>
        void Close();
    }
}
