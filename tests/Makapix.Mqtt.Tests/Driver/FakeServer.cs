using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Tests.Engine;
using Makapix.Testing;

namespace Makapix.Mqtt.Tests.Driver;

/// <summary>A server on a free loopback port that does what its script says, however wrong. One connection.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _script;

    private FakeServer(Func<Stream, CancellationToken, Task> script)
    {
        _listener.Start();
        _script = RunAsync(script);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Completes when the script has; faults with it.</summary>
    public Task Done => _script;

    /// <summary>A server whose script gets the bare TCP stream.</summary>
    public static FakeServer Tcp(Func<Stream, CancellationToken, Task> script) => new(script);

    /// <summary>A server whose script gets the TLS stream, after a handshake in which it takes any client.</summary>
    public static FakeServer Tls(X509Certificate2 leaf, X509Certificate2 issuing, Func<SslStream, CancellationToken, Task> script, SslProtocols protocols = SslProtocols.None) =>
        new(async (stream, cancellation) =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = SslStreamCertificateContext.Create(leaf, [issuing], offline: true),
                    ClientCertificateRequired = true,
#pragma warning disable CA5359 // A fake server judges no client: what is tested is how the client judges it.
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
                    EnabledSslProtocols = protocols,
                },
                cancellation);
            await script(tls, cancellation);
        });

    /// <summary>A TLS server that has taken CONNECT and sent CONNACK before its script starts.</summary>
    public static FakeServer Mqtt(TestPki authority, Func<SslStream, CancellationToken, Task> script) =>
        Tls(authority.Broker("localhost"), authority.Services, async (stream, cancellation) =>
        {
            await ReadPacketAsync(stream, cancellation);
            await stream.WriteAsync(Wire.Connack(), cancellation);
            await script(stream, cancellation);
        });

    /// <summary>A script that neither reads nor writes until the test is over.</summary>
    public static Task Silent(Stream stream, CancellationToken cancellation) => Task.Delay(Timeout.Infinite, cancellation);

    /// <summary>Reads one packet of the client; its first byte is the fixed header, the rest what follows the length.</summary>
    public static async Task<byte[]> ReadPacketAsync(Stream stream, CancellationToken cancellation)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, cancellation);
        var packet = new List<byte> { one[0] };
        int length = 0;
        int shift = 0;
        do
        {
            await stream.ReadExactlyAsync(one, cancellation);
            length |= (one[0] & 0x7F) << shift;
            shift += 7;
        }
        while (one[0] > 0x7F);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellation);
        packet.AddRange(body);
        return [.. packet];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _script.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(Func<Stream, CancellationToken, Task> script)
    {
        using Socket socket = await _listener.AcceptSocketAsync(_stop.Token);
        await using var stream = new NetworkStream(socket);
        await script(stream, _stop.Token);
    }
}
