using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading;

namespace Makapix.Mqtt.Desktop;

/// <summary>
/// Free ports of the loopback address, below those that the system hands out by itself: while a broker is down its clients go on knocking, and nothing else
/// may move in there meanwhile; not even a client's own socket, which can connect to itself on such a port.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int Count = 10_000;

    // One after another from anywhere: what was given and is not yet listened on is not given twice, and other processes are elsewhere.
    private static int _next = RandomNumberGenerator.GetInt32(Count);

    /// <summary>One that nobody listens on.</summary>
    public static int Pick()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
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
