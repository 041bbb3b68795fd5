namespace Makapix.Device.Connection
{
    /// <summary>
    /// One session of an MQTT client that has threads of its own and calls back. Its members may throw, and block for a while: <see cref="ThreadedBrokerLink"/>
    /// bears both, so an adapter needs no logic.
    /// </summary>
    public interface IThreadedClient
    {
        /// <summary>Whether the client believes that the session stands.</summary>
        bool IsConnected { get; }

        /// <summary>Connects with TLS and asks for a clean session; called once.</summary>
        /// <param name="settings">Who connects, to whom, with which last will.</param>
        /// <param name="events">Where to call back.</param>
        /// <returns>Why that failed, or <see cref="FailureCause.None"/>.</returns>
        FailureCause Open(LinkSettings settings, ThreadedEvents events);

        /// <summary>Subscribes one filter with QoS 1. Returns the packet id.</summary>
        int Subscribe(string filter);

        /// <summary>Publishes with QoS 1. Returns the packet id.</summary>
        int Publish(string topic, byte[] payload, bool retain);

        /// <summary>Drops the connection, and all that the client holds; also where opening failed.</summary>
        void Close();
    }
}
