namespace Makapix.Provisioning.Broker.Kit;

/// <summary>One end of the tunnel.</summary>
/// <param name="Address">IPv4, inside the tunnel.</param>
/// <param name="PublicKey">Its public key. The private one stays in a file on its own machine, and no kit sees it.</param>
public sealed record KitOverlayPeer(string Address, string PublicKey);
