namespace Makapix.Mqtt
{
    /// <summary>Control packet types (2.2.1).</summary>
    internal enum PacketType
    {
        Connect = 1,
        Connack = 2,
        Publish = 3,
        Puback = 4,
        Subscribe = 8,
        Suback = 9,
        Unsubscribe = 10,
        Unsuback = 11,
        Pingreq = 12,
        Pingresp = 13,
        Disconnect = 14,
    }
}
