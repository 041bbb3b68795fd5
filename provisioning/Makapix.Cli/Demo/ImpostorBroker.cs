using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo;

/// <summary>
/// A TLS server that poses as the broker and asks for no certificate: if the device speaks MQTT to it, the device was fooled.
/// </summary>
internal sealed class ImpostorBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _visitors;
    private int _fooled;

    public ImpostorBroker(X509Certificate2 leaf, X509Certificate2Collection chain, SslProtocols version)
    {
        _listener.Start();
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(leaf, chain, offline: true),
            EnabledSslProtocols = version,
        };
        _serving = ServeAsync(options);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many came and began a handshake.</summary>
    public int Visitors => Volatile.Read(ref _visitors);

    /// <summary>How many went on to send something inside TLS.</summary>
    public int Fooled => Volatile.Read(ref _fooled);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync(SslServerAuthenticationOptions options)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var socket = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _visitors);
                await using var tls = new SslStream(socket.GetStream());
                await tls.AuthenticateAsServerAsync(options, _stop.Token);
                if (await tls.ReadAsync(new byte[256], _stop.Token) > 0)
                {
                    Interlocked.Increment(ref _fooled);
                }
            }
            catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // A visitor who saw through it hangs up: what this server is for.
            }
        }
    }
}
