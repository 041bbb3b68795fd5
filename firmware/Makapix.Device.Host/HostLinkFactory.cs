using Makapix.Device.Connection;

namespace Makapix.Device.Host;

/// <summary>The device's MQTT engine over the PC's TLS.</summary>
internal sealed class HostLinkFactory(ITlsConnector connector, IMonotonicClock clock, IDeviceObserver? observer) : IBrokerLinkFactory
{
    public IBrokerLink Create(LinkSettings settings)
    {
        var link = new EngineBrokerLink(settings, connector, clock);
        return observer is null ? link : new ObservedLink(link, observer);
    }
}
