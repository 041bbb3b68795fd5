namespace Makapix.Device.Connection
{
    /// <summary>What a CONNACK code means to a device (MQTT 3.1.1, section 3.2.2.3).</summary>
    public static class ConnackCause
    {
        private const int Accepted = 0;
        private const int ServerUnavailable = 3;

        /// <summary>The cause of failure that a code stands for.</summary>
        public static FailureCause Of(int code) =>
            code == Accepted ? FailureCause.None : code == ServerUnavailable ? FailureCause.BrokerUnavailable : FailureCause.BrokerRefused;
    }
}
