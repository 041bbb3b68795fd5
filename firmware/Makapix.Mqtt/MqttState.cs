namespace Makapix.Mqtt
{
    /// <summary>Where a session stands.</summary>
    public enum MqttState
    {
        /// <summary>No session was started yet.</summary>
        Idle = 0,

        /// <summary>CONNECT is sent or queued, CONNACK awaited.</summary>
        Connecting = 1,

        /// <summary>The server accepted; messages flow.</summary>
        Connected = 2,

        /// <summary>The session is over. What is left to report is still taken from <see cref="MqttEngine.NextEvent"/>.</summary>
        Closed = 3,
    }
}
