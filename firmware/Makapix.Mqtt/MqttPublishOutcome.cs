namespace Makapix.Mqtt
{
    /// <summary>What became of the one QoS 1 message in flight. Each accepted one gets exactly one outcome.</summary>
    public enum MqttPublishOutcome
    {
        /// <summary>PUBACK came. Under 3.1.1 that does not say the ACL let it through.</summary>
        Acknowledged = 0,

        /// <summary>No PUBACK in time; the session ends with <see cref="MqttCloseCause.AckTimeout"/>. It may have been delivered.</summary>
        TimedOut = 1,

        /// <summary>The session ended first. It may have been delivered.</summary>
        ConnectionLost = 2,
    }
}
