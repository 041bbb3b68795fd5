namespace Makapix.Device.Connection
{
    /// <summary>Chooses the MQTT client behind <see cref="IBrokerLink"/>.</summary>
    public interface IBrokerLinkFactory
    {
        /// <summary>Creates the one link of a device.</summary>
        IBrokerLink Create(LinkSettings settings);
    }
}
