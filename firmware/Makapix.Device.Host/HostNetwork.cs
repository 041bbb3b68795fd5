using Makapix.Device.Connection;

namespace Makapix.Device.Host;

/// <summary>The PC's network, joined already.</summary>
internal sealed class HostNetwork : INetwork
{
    public bool TryJoin(string ssid, string password) => true;
}
