using Makapix.Device.Identity;

namespace Makapix.Device.Connection
{
    /// <summary>What a broker link needs to know.</summary>
    public sealed class LinkSettings
    {
        /// <summary>Seconds of MQTT keep-alive.</summary>
        public const int KeepAliveSeconds = 60;

        /// <summary>Creates them.</summary>
        public LinkSettings(DeviceIdentity identity, string willTopic, byte[] willPayload)
        {
            Identity = identity;
            WillTopic = willTopic;
            WillPayload = willPayload;
        }

        /// <summary>Who connects, and to whom.</summary>
        public DeviceIdentity Identity { get; }

        /// <summary>Where the broker publishes the last will.</summary>
        public string WillTopic { get; }

        /// <summary>The last will.</summary>
        public byte[] WillPayload { get; }
    }
}
