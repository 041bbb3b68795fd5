using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Makapix.Cli.Demo;

/// <summary>
/// A free port of the loopback address, below those that the system hands out by itself: while the broker is down its clients go on knocking, and nothing else
/// may move in there meanwhile; not even a client's own socket, which can connect to itself on such a port.
/// </summary>
internal static class LoopbackPort
{
    private const int First = 20_000;
    private const int End = 30_000;

    /// <param name="others">Ports that it must not be.</param>
    public static int Pick(params int[] others)
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            if (others.Contains(port))
            {
                continue;
            }

            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}
