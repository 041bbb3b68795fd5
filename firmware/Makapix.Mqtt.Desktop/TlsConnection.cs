using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Mqtt.Desktop;

/// <summary>A TLS connection to a server that has proved itself: the only way in this project to reach a broker from a PC.</summary>
public sealed class TlsConnection : IDisposable
{
    private readonly string _server;

    private TlsConnection(SslStream stream, string server)
    {
        Stream = stream;
        _server = server;
    }

    /// <summary>The authenticated stream. Disposing it closes the socket.</summary>
    public SslStream Stream { get; }

    /// <summary>Connects, and lets the server prove itself as <paramref name="host"/>.</summary>
    /// <param name="host">Name or address: where to connect to, and what the certificate must hold.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="options">Trust, identity, timeouts.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="MqttException">What kept it from being.</exception>
    /// <exception cref="ArgumentException">Options that cannot be.</exception>
    public static async Task<TlsConnection> OpenAsync(string host, int port, TlsOptions options, CancellationToken cancellation)
    {
        options.Validate();
        string server = $"{host}:{port}";
        Socket socket = await ConnectAsync(host, port, server, options, cancellation);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await HandshakeAsync(stream, host, server, options, cancellation);
            return new TlsConnection(stream, server);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Names the failure that ended the stream before the server accepted us: a TLS alert about our certificate, another alert, or a plain close.
    /// </summary>
    /// <param name="failure">What reading threw; null if the stream just ended. A failed write knows less: read on, and explain that.</param>
    public MqttException Explain(Exception? failure) => Explain(failure, _server);

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();

    private static async Task<Socket> ConnectAsync(string host, int port, string server, TlsOptions options, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConnectTimeout);
        Socket socket = NewSocket(options.LocalAddress);
        try
        {
            if (options.LocalAddress is { } local)
            {
                socket.Bind(new IPEndPoint(local, 0));
            }

            IPAddress[] addresses = await Dns.GetHostAddressesAsync(host, limit.Token);
            await socket.ConnectAsync(addresses, port, limit.Token);
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            switch (e)
            {
                case OperationCanceledException:
                    throw new MqttException(MqttFailure.TimedOut, $"{server} did not take a TCP connection within {options.ConnectTimeout.TotalSeconds:0.#} s.", e);
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery }:
                    throw new MqttException(MqttFailure.NameNotResolved, $"The name {host} has no address.", e);
                case SocketException refused:
                    throw new MqttException(MqttFailure.Unreachable, $"No TCP connection to {server}: {refused.SocketErrorCode}.", e);
                default:
                    throw;
            }
        }
    }

    // Without an address of ours, a socket that reaches IPv4 and IPv6 alike.
    private static Socket NewSocket(IPAddress? local) =>
        local is null ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true } : new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private static async Task HandshakeAsync(SslStream stream, string host, string server, TlsOptions options, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.HandshakeTimeout);
        var verdict = new ServerVerdict();
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    EnabledSslProtocols = options.Protocols,
                    CertificateChainPolicy = ServerVerdict.PolicyFor(options.TrustAnchors),
                    RemoteCertificateValidationCallback = verdict.Judge,
                    ClientCertificateContext = options.Identity?.Context,
                    AllowRenegotiation = false,
                    // A resumed session proves no certificate again: whoever was revoked meanwhile, or expired, would not be noticed.
                    AllowTlsResume = false,
                },
                limit.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException or SocketException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw verdict.Refusal is { } refusal ? new MqttException(refusal, Describe(refusal, host, server), e)
                : limit.IsCancellationRequested
                    ? new MqttException(MqttFailure.TimedOut, $"{server} did not finish the TLS handshake within {options.HandshakeTimeout.TotalSeconds:0.#} s.", e)
                : Explain(e, server);
        }
    }

    private static string Describe(MqttFailure refusal, string host, string server) => refusal switch
    {
        MqttFailure.ServerNameMismatch => $"{server} showed a certificate that is not for the name {host}.",
        MqttFailure.ServerExpired => $"{server} showed a certificate that is not valid now.",
        MqttFailure.ServerWrongUsage => $"{server} showed a certificate that is not for servers.",
        MqttFailure.ServerUntrusted => $"{server} showed a certificate that does not come from our authority.",
        _ => $"{server} showed no certificate.",
    };

    private static MqttException Explain(Exception? failure, string server) => TlsAlert.RefusesCertificate(failure) switch
    {
        true => new MqttException(MqttFailure.CertificateRefused, $"{server} refused our certificate.", failure),
        false => new MqttException(MqttFailure.TlsFailed, $"{server} ended TLS with an alert.", failure),
        null when failure is AuthenticationException => new MqttException(MqttFailure.TlsFailed, $"{server} did not complete a TLS handshake.", failure),
        null => new MqttException(MqttFailure.ConnectionClosed, $"{server} closed the connection.", failure),
    };
}
