using System;
using System.Net;
using System.Net.Sockets;

namespace Makapix.Testing;

/// <summary>Ports of loopback that nobody listens on.</summary>
public static class LoopbackPort
{
    /// <summary>One that stays free until the test takes it, and while the test has let go of it for a time.</summary>
    public static int Free()
    {
        // Below the ports that the system hands out by itself: no connection takes it in between.
        while (true)
        {
            int port = Random.Shared.Next(20_000, 30_000);
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
