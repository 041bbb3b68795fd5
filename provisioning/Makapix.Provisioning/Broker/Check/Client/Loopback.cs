using System.Net;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>The only network that is ever attacked: this machine's own.</summary>
internal static class Loopback
{
    /// <summary>Legitimate players are at <c>127.0.1.y</c>, those of one hostile network at <c>127.0.2.y</c>, the single attacker at 127.0.3.1, who else takes part at <c>127.0.4.y</c>, all of a household at 127.0.5.1.</summary>
    public static IPAddress Address(byte network, int host) => new([127, 0, network, checked((byte)host)]);

    /// <exception cref="BrokerException">MKX-BROKER-050: it is another machine, or every address of this one.</exception>
    public static IPEndPoint Require(IPEndPoint target) => IPAddress.IsLoopback(target.Address)
        ? target
        : throw new BrokerException("050", $"{target} is not on loopback, and this would be an attack on it.", "Attack the brokers that 'makapix broker check' starts itself.");
}
