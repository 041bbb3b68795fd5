using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Web;

/// <summary>
/// The entry for browsers: MQTT 3.1.1 over WebSocket, to listen alone. A browser shows a token and has a session of its own at the broker for as long as
/// the token lives. Nothing that it sends reaches the broker: what it asks for is read here, and asked anew.
/// </summary>
public sealed class WebEntry : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly WebEntryOptions _options;
    private readonly WebTokenVerifier _tokens;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Task, bool> _sessions = new();
    private readonly SemaphoreSlim _free;
    private readonly Task _accepting;

    private WebEntry(WebEntryOptions options, WebTokenVerifier tokens, TcpListener listener)
    {
        (_options, _tokens, _listener) = (options, tokens, listener);
        _free = new SemaphoreSlim(options.Sessions);
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Listens.</summary>
    /// <param name="options">Where, and with what.</param>
    /// <param name="tokens">Whom it lets in.</param>
    /// <exception cref="BrokerException">043: somebody listens there.</exception>
    public static WebEntry Start(WebEntryOptions options, WebTokenVerifier tokens)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tokens);
        var listener = new TcpListener(options.Listen);
        try
        {
            listener.Start();
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new BrokerException("043", $"the entry for browsers cannot listen on {options.Listen}: somebody else does.", "End that program, or give another port.", e);
        }

        return new WebEntry(options, tokens, listener);
    }

    /// <summary>Ends every session.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_sessions.Keys);
        _free.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                // Those who find no place wait with the front, which counts them.
                await _free.WaitAsync(_end.Token);
                if (await TakeAsync() is not { } client)
                {
                    _free.Release();
                    continue;
                }

                var session = Task.Run(() => ServeAsync(client));
                _sessions[session] = true;
                _ = session.ContinueWith(ended => _sessions.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The end.
        }
    }

    // One that went away before it was taken, or no file left to take it with: that passes, and the entry must not end with it.
    private async Task<TcpClient?> TakeAsync()
    {
        try
        {
            return await _listener.AcceptTcpClientAsync(_end.Token);
        }
        catch (SocketException)
        {
            await Task.Delay(AfterFailure, _options.Clock, _end.Token);
            return null;
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(_options.HelloLimit);
        try
        {
            var stream = client.GetStream();
            if (await UpgradeRequest.AcceptAsync(stream, limit.Token))
            {
                using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = "mqtt", KeepAliveInterval = TimeSpan.Zero });
                await new WebSession(socket, _options, _tokens).RunAsync(limit.Token, _end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or WebSocketException or InvalidDataException or MqttException or ObjectDisposedException)
        {
            // It went away, or sent what is no MQTT: nothing is owed to it.
        }
        finally
        {
            _free.Release();
        }
    }
}
