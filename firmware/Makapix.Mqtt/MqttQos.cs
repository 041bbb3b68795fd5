namespace Makapix.Mqtt
{
    /// <summary>Delivery promise of one message (MQTT 3.1.1, 4.3). QoS 2 is not offered: no player topic uses it, and its state would have to outlive a session.</summary>
    public enum MqttQos
    {
        /// <summary>QoS 0: sent once, no outcome.</summary>
        AtMostOnce = 0,

        /// <summary>QoS 1: acknowledged; may arrive more than once.</summary>
        AtLeastOnce = 1,
    }
}
