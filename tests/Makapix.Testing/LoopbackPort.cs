using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Makapix.Testing;

/// <summary>Ports of loopback that nobody listens on.</summary>
public static class LoopbackPort
{
    // Below the ports that the system hands out by itself, which no connection takes in between; one after another, so that tests beside each other get different ones.
    private const int First = 20_000;
    private const int Count = 10_000;

    private static int _next = Random.Shared.Next(Count);

    /// <summary>One that stays free until the test takes it, and while the test has let go of it for a time.</summary>
    public static int Free()
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
