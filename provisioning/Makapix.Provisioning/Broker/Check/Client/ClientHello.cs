using System;
using System.IO;
using System.Net.Security;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>The first bytes of TLS as a client of this machine says them: a hello that any server takes, and nothing after it.</summary>
internal static class ClientHello
{
    /// <summary>A new one.</summary>
    public static async Task<byte[]> NewAsync(CancellationToken cancel)
    {
        using var recorder = new Recorder();
        await using var tls = new SslStream(recorder, leaveInnerStreamOpen: true);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 }, cancel);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // Nobody answers: the hello is all that there is.
        }

        return recorder.Hello;
    }

    /// <summary>Keeps what is written, and has nothing to read.</summary>
    private sealed class Recorder : MemoryStream
    {
        public byte[] Hello { get; private set; } = [];

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Hello = Hello.Length == 0 ? buffer.ToArray() : Hello;
            return ValueTask.CompletedTask;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(0);
    }
}
