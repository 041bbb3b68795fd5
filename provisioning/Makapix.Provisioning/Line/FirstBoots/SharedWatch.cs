using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Line.FirstBoots;

/// <summary>A station's one session at a broker, for all boards that it waits for. Opened, joined and left under its owner's lock.</summary>
internal sealed class SharedWatch : IAsyncDisposable
{
    private readonly MqttClient _client;
    private readonly List<Listener> _listeners = [];
    private readonly Lock _gate = new();
    private readonly Task _reading;

    /// <param name="client">Connected; it goes with this.</param>
    public SharedWatch(MqttClient client)
    {
        _client = client;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Whether the session was lost.</summary>
    public bool HasEnded => _client.Ended.IsCompleted;

    /// <summary>Whether nobody waits for a board any more.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _listeners.Count == 0;
            }
        }
    }

    /// <summary>Hears one topic from now on; returns once the broker has confirmed it.</summary>
    public async Task<Listener> ListenAsync(string topic, CancellationToken cancel)
    {
        var listener = new Listener(topic);
        lock (_gate)
        {
            _listeners.Add(listener);
        }

        try
        {
            await _client.SubscribeAsync([topic], cancellation: cancel);
            return listener;
        }
        catch
        {
            Remove(listener);
            throw;
        }
    }

    /// <summary>Hears it no more.</summary>
    public async Task LeaveAsync(Listener listener)
    {
        if (Remove(listener) && !HasEnded)
        {
            try
            {
                await _client.UnsubscribeAsync([listener.Topic]);
            }
            catch (MqttException)
            {
                // Lost meanwhile: there is nothing to leave.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _reading;
    }

    // True if nobody else hears that topic.
    private bool Remove(Listener listener)
    {
        lock (_gate)
        {
            _listeners.Remove(listener);
            return _listeners.TrueForAll(other => other.Topic != listener.Topic);
        }
    }

    // What other lanes say to hear themselves comes here too, and is nothing that a device said: nobody listens to it.
    private async Task ReadAsync()
    {
        MqttException? failure = null;
        try
        {
            await foreach (var message in _client.Messages.ReadAllAsync())
            {
                foreach (var listener in Snapshot().Where(listener => listener.Topic == message.Topic))
                {
                    listener.Hear(message);
                }
            }
        }
        catch (MqttException e)
        {
            failure = e;
        }

        failure ??= new MqttException(MqttFailure.SessionLost, "the session was ended.");
        Snapshot().ForEach(listener => listener.End(failure));
    }

    private List<Listener> Snapshot()
    {
        lock (_gate)
        {
            return [.. _listeners];
        }
    }

    /// <summary>Who waits for one board.</summary>
    internal sealed class Listener(string topic)
    {
        // A device says its status once in a minute; one that floods loses the oldest.
        private readonly Channel<MqttMessage> _heard = Channel.CreateBounded<MqttMessage>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });

        public string Topic => topic;

        public void Hear(MqttMessage message) => _heard.Writer.TryWrite(message);

        public void End(MqttException failure) => _heard.Writer.TryComplete(failure);

        /// <exception cref="MqttException">The session ended.</exception>
        public async Task<MqttMessage> NextAsync(CancellationToken cancel)
        {
            try
            {
                return await _heard.Reader.ReadAsync(cancel);
            }
            catch (ChannelClosedException e) when (e.InnerException is MqttException failure)
            {
                throw new MqttException(failure.Kind, failure.Cause, e);
            }
        }
    }
}
