namespace Makapix.Cli.Fleet;

/// <summary>Who a simulated device is.</summary>
/// <param name="DeviceId">Lower-case text.</param>
/// <param name="Blob">Its identity blob, with its private key; zeroed with the world it was issued in.</param>
internal sealed record SimulatedIdentity(string DeviceId, byte[] Blob);
