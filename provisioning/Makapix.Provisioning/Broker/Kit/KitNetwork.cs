using System.Net;
using System.Net.Sockets;

namespace Makapix.Provisioning.Broker.Kit;

/// <summary>An address or a network, as every program that the kit writes for reads it.</summary>
internal static class KitNetwork
{
    // A known NAT of half the world would switch the limits off.
    private const int ShortestV4 = 8;
    private const int ShortestV6 = 16;

    /// <summary>True for one that is no less narrow than a /8 (IPv6: /16), and has no bits beyond its prefix.</summary>
    /// <remarks>In the one spelling that it has: .NET drops bits beyond a prefix without a word, and nft refuses them.</remarks>
    public static bool IsValid(string text) =>
        text.Contains('/', System.StringComparison.Ordinal)
            ? IPNetwork.TryParse(text, out var network) && network.ToString() == text && network.PrefixLength >= (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? ShortestV4 : ShortestV6)
            : IPAddress.TryParse(text, out var address) && address.ToString() == text;

    /// <summary>Whether it is of IPv6.</summary>
    public static bool IsV6(string text) => text.Contains(':', System.StringComparison.Ordinal);
}
