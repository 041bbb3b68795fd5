namespace Makapix.Device.Connection
{
    /// <summary>Where a device is in its life.</summary>
    public enum ConnectionState
    {
        /// <summary>There is no identity to be: it waits for a station.</summary>
        NotProvisioned,

        /// <summary>Joining the network.</summary>
        JoinNetwork,

        /// <summary>Finding out the time: without it no certificate can be judged.</summary>
        GetTime,

        /// <summary>TCP, TLS, CONNECT.</summary>
        Connect,

        /// <summary>SUBSCRIBE is sent.</summary>
        Subscribe,

        /// <summary>Commands come in, presence goes out.</summary>
        Online,

        /// <summary>Waiting before the next attempt.</summary>
        BackOff,

        /// <summary>Stopped for good.</summary>
        Stopped,
    }
}
