namespace Makapix.Provisioning.Broker.Kit;

/// <summary>A WireGuard tunnel between broker and service.</summary>
/// <param name="Broker">The broker's end.</param>
/// <param name="Service">The service's end.</param>
/// <param name="Endpoint">Name or address where the service reaches the broker's end.</param>
/// <param name="Port">UDP port of it.</param>
public sealed record KitOverlay(KitOverlayPeer Broker, KitOverlayPeer Service, string Endpoint, int Port);
