using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>Comes to a broker through the front as a player does, as far as one comes without a certificate: to the broker's own.</summary>
internal static class FrontKnock
{
    /// <summary>A player under attack has its CONNACK within a second (<c>broker check</c>).</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <returns>When the certificate ends that the broker showed; null if none was shown in time.</returns>
    public static async Task<DateTimeOffset?> TryAsync(IPEndPoint front, string host, CancellationToken cancel)
    {
        DateTimeOffset? shown = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            using var socket = new Socket(front.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(front, limit.Token);
            await using var tls = new SslStream(new NetworkStream(socket));
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = See }, limit.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // Always: what was to be seen was seen before.
        }

        return shown;

        // Never taken: the handshake ends here, and nothing is sent to whoever it is.
        bool See(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            shown = certificate is X509Certificate2 one ? one.NotAfter : null;
            return false;
        }
    }
}
