using System;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Makapix.Mqtt.Desktop;

/// <summary>
/// One MQTT session over TLS. It lives from <see cref="ConnectAsync"/> to its end and is not used again: to reconnect, make a new one.
/// Any thread may call it. The protocol is <see cref="MqttEngine"/>'s; this class moves its bytes: one task reads, one writes, a timer ticks.
/// </summary>
public sealed partial class MqttClient : IAsyncDisposable
{
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(1);

    private readonly MqttClientOptions _options;
    private readonly TlsConnection _connection;
    private readonly Lock _lock = new();
    private readonly MqttEngine _engine;
    private readonly ITimer _timer;
    private readonly long _epoch;
    private readonly Channel<MqttMessage> _messages;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MqttException? _failure;
    private Exception? _transportFailure;
    private long _dropped;

    private MqttClient(MqttClientOptions options, MqttEngine engine, TlsConnection connection)
    {
        _options = options;
        _engine = engine;
        _connection = connection;
        _epoch = options.Clock.GetTimestamp();
        _timer = options.Clock.CreateTimer(_ => Do(() => _engine.Tick(Now)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _messages = Channel.CreateBounded<MqttMessage>(new BoundedChannelOptions(options.MessageQueueLength) { SingleWriter = true });
        Ended = RunAsync();
    }

    /// <summary>
    /// Messages as they come. It completes with the session: in good order after <see cref="DisconnectAsync"/>, else with the
    /// <see cref="MqttException"/> that ended it.
    /// </summary>
    public ChannelReader<MqttMessage> Messages => _messages.Reader;

    /// <summary>Completes when the session is over and the socket closed; holds why, null after <see cref="DisconnectAsync"/>. Never faults.</summary>
    public Task<MqttException?> Ended { get; }

    /// <summary>Messages that were over a cap of the session, and discarded.</summary>
    public int DiscardedMessages
    {
        get
        {
            lock (_lock)
            {
                return _engine.DiscardedMessages;
            }
        }
    }

    /// <summary>Messages that found the queue full, and were dropped.</summary>
    public long DroppedMessages => Interlocked.Read(ref _dropped);

    private long Now => (long)_options.Clock.GetElapsedTime(_epoch).TotalMilliseconds;

    /// <summary>Connects, and waits for CONNACK.</summary>
    /// <param name="options">Where to, and as whom.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="MqttException">What kept it from being.</exception>
    /// <exception cref="ArgumentException">Options that cannot be.</exception>
    public static async Task<MqttClient> ConnectAsync(MqttClientOptions options, CancellationToken cancellation = default)
    {
        options.Validate();
        var engine = new MqttEngine(options.Session);
        var client = new MqttClient(options, engine, await TlsConnection.OpenAsync(options.Host, options.Port, options.Tls, cancellation));
        try
        {
            await client._connected.Task.WaitAsync(cancellation);
            return client;
        }
        catch
        {
            await client.AbortAsync();
            throw;
        }
    }

    /// <summary>Ends the session in good order: the broker drops the will. Does nothing when it is over. A peer that does not read can hold it for two seconds.</summary>
    public async Task DisconnectAsync()
    {
        Do(_engine.Disconnect);
        await Ended;
    }

    /// <summary>Drops the connection without a word, as a power cut would: the broker publishes the will.</summary>
    public async Task AbortAsync()
    {
        Do(_engine.ConnectionLost);
        await Ended;
    }

    /// <summary>Disconnects in good order.</summary>
    public async ValueTask DisposeAsync() => await DisconnectAsync();
}
