using Makapix.Device.Connection;

namespace Makapix.Device.Host;

/// <summary>The device's MQTT engine over the PC's TLS.</summary>
internal sealed class HostLinkFactory(ITlsConnector connector, IMonotonicClock clock) : IBrokerLinkFactory
{
    public IBrokerLink Create(LinkSettings settings) => new EngineBrokerLink(settings, connector, clock);
}
