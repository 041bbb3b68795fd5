using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>
/// What attacks connect with. It is bounded: so many sockets at a time and no more, all of them gone when the attack's time is over, and to loopback alone.
/// Its TLS proves the broker as everybody's does: an attacker has no use for less.
/// </summary>
internal sealed class HostileClient : IDisposable
{
    /// <summary>Sockets at a time: the most that an attack asks for.</summary>
    public const int MaxSockets = 1100;

    // mosquitto answers sooner, or not at all.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly IPEndPoint _target;
    private readonly SemaphoreSlim _room;
    private int _open;
    private int _most;

    /// <param name="target">Who is attacked.</param>
    /// <param name="sockets">At a time; for tests.</param>
    /// <exception cref="BrokerException">MKX-BROKER-050: it is not on loopback.</exception>
    public HostileClient(IPEndPoint target, int sockets = MaxSockets)
    {
        _target = Loopback.Require(target);
        _room = new SemaphoreSlim(sockets, sockets);
    }

    /// <summary>Sockets that are open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>The most that were open at a time.</summary>
    public int MostOpen => Volatile.Read(ref _most);

    /// <summary>Whether that is how an ended connection shows.</summary>
    public static bool IsClose(Exception e) => e is IOException or SocketException or ObjectDisposedException or MqttException;

    /// <summary>Opens a TCP connection; waits for room.</summary>
    /// <returns>Null if it was refused.</returns>
    public Task<HostileConnection?> TcpAsync(IPAddress from, CancellationToken cancel) => OpenAsync(
        async () =>
        {
            var socket = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(_target, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
        cancel);

    /// <summary>Opens a TLS connection with that one's certificate; waits for room.</summary>
    /// <returns>Null if it was refused. With TLS 1.3 a certificate is refused after this: the next read tells.</returns>
    public Task<HostileConnection?> TlsAsync(CheckIdentity who, CancellationToken cancel) =>
        OpenAsync(async () => (await TlsConnection.OpenAsync(_target.Address.ToString(), _target.Port, who.Tls, cancel)).Stream, cancel);

    /// <summary>Opens a TLS connection, sends CONNECT, and waits for the answer.</summary>
    /// <param name="who">Whose certificate.</param>
    /// <param name="connect">The packet.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Null if it was refused, at whichever step.</returns>
    public Task<HostileConnection?> MqttAsync(CheckIdentity who, byte[] connect, CancellationToken cancel) =>
        AskAsync(who, connect, async (connection, limit) => await connection.ReadAsync(MqttBytes.ConnackBytes, limit) is [0x20, 2, _, 0], cancel);

    /// <summary>The same with a CONNECT of MQTT 5.</summary>
    /// <param name="who">Whose certificate.</param>
    /// <param name="connect">The packet.</param>
    /// <param name="kept">Told what the broker keeps to in place of the keep-alive that was asked for; null if it takes that.</param>
    /// <param name="cancel">Ends it.</param>
    public Task<HostileConnection?> Mqtt5Async(CheckIdentity who, byte[] connect, Action<int?> kept, CancellationToken cancel) => AskAsync(
        who,
        connect,
        async (connection, limit) =>
        {
            // Whoever says more in a CONNACK than one byte of length holds is no broker that we know.
            if (await connection.ReadAsync(2, limit) is not [0x20, var length] || await connection.ReadAsync(length & 0x7F, limit) is not [_, 0, ..] rest)
            {
                return false;
            }

            kept(Connack5.ServerKeepAlive(rest));
            return true;
        },
        cancel);

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    private async Task<HostileConnection?> AskAsync(CheckIdentity who, byte[] connect, Func<HostileConnection, CancellationToken, Task<bool>> isAccepted, CancellationToken cancel)
    {
        if (await TlsAsync(who, cancel) is not { } connection)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(AnswerLimit);
        try
        {
            if (await connection.WriteAsync(connect, limit.Token) && await isAccepted(connection, limit.Token))
            {
                return connection;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // No answer is a refusal.
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        connection.Dispose();
        return null;
    }

    private async Task<HostileConnection?> OpenAsync(Func<Task<Stream>> open, CancellationToken cancel)
    {
        await _room.WaitAsync(cancel);
        try
        {
            Count(Interlocked.Increment(ref _open));
            return new HostileConnection(await open(), Leave);
        }
        catch (Exception e)
        {
            Leave();
            if (IsClose(e))
            {
                return null;
            }

            throw;
        }
    }

    private void Count(int open)
    {
        for (var most = MostOpen; open > most; most = MostOpen)
        {
            Interlocked.CompareExchange(ref _most, open, most);
        }
    }

    private void Leave()
    {
        Interlocked.Decrement(ref _open);
        _room.Release();
    }
}
