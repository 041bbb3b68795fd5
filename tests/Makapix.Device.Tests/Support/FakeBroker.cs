using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Makapix.Device.Connection;

namespace Makapix.Device.Tests.Support;

/// <summary>A broker and the link to it, in simulated time: it keeps the contract of <see cref="IBrokerLink"/>, and misbehaves when told to.</summary>
public sealed class FakeBroker(FakeClock clock) : IBrokerLinkFactory, IBrokerLink
{
    private readonly Queue<(LinkEvent Event, string? Topic, byte[] Payload)> _events = new();
    private bool _open;
    private bool _inFlight;
    private int _session;

    /// <summary>Why connecting fails; None if it does not.</summary>
    public FailureCause Refusal { get; set; }

    /// <summary>Thrown by the next calls of Open.</summary>
    public Exception? Throws { get; set; }

    public bool RefusesSubscription { get; set; }

    public bool IgnoresSubscription { get; set; }

    /// <summary>Whether CONNACK never comes.</summary>
    public bool IgnoresConnect { get; set; }

    /// <summary>Whether PUBACK comes.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>How long PUBACK takes.</summary>
    public TimeSpan AckTakes { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>What comes between SUBSCRIBE and SUBACK (MQTT 3.1.1, section 3.8.4, allows it).</summary>
    public Action? BeforeSubscribed { get; set; }

    /// <summary>Whether connecting never returns.</summary>
    public bool Hangs { get; set; }

    /// <summary>Whether the connection stands and nothing comes through: half-open TCP, or a broker that is frozen.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Whether the next message that is published is not confirmed.</summary>
    public bool LosesNext { get; set; }

    /// <summary>Called when the device opens a connection.</summary>
    public Action? Opening { get; set; }

    /// <summary>How long a failing attempt takes.</summary>
    public TimeSpan AttemptTakes { get; set; }

    public LinkSettings? Settings { get; private set; }

    /// <summary>When the device tried to connect.</summary>
    public List<long> Attempts { get; } = [];

    public List<string> Subscriptions { get; } = [];

    public List<(string Topic, string Payload, bool Retain, long AtMs)> Published { get; } = [];

    public string? Topic { get; private set; }

    public byte[] Payload { get; private set; } = [];

    public int PayloadLength { get; private set; }

    public FailureCause EndedBy { get; private set; }

    public bool IsOpen => _open;

    /// <summary>Whether a message of the device waits for its outcome.</summary>
    public bool IsInFlight => _inFlight;

    public IBrokerLink Create(LinkSettings settings)
    {
        Settings = settings;
        return this;
    }

    public FailureCause Open()
    {
        Attempts.Add(clock.NowMs);
        Opening?.Invoke();
        while (Hangs)
        {
            clock.Advance(3_600_000);
        }

        clock.Advance((long)AttemptTakes.TotalMilliseconds);
        if (Throws is not null)
        {
            throw Throws;
        }

        _open = Refusal == FailureCause.None;
        _inFlight = false;
        _session++;
        _events.Clear();
        if (_open && !IgnoresConnect)
        {
            _events.Enqueue((LinkEvent.Connected, null, []));
        }

        return Refusal;
    }

    public LinkEvent Poll(int waitMs)
    {
        if (_open && (IsFrozen || _events.Count == 0))
        {
            clock.Advance(clock.UntilNext(waitMs));
        }

        if (!_open)
        {
            return LinkEvent.Ended;
        }

        if (IsFrozen || !_events.TryDequeue(out (LinkEvent Event, string? Topic, byte[] Payload) e))
        {
            return LinkEvent.None;
        }

        _inFlight &= e.Event is not (LinkEvent.Published or LinkEvent.Unconfirmed);
        (Topic, Payload, PayloadLength) = (e.Topic, e.Payload, e.Payload.Length);
        return e.Event;
    }

    public bool Subscribe(string filter)
    {
        Subscriptions.Add(filter);
        BeforeSubscribed?.Invoke();
        if (IgnoresSubscription)
        {
            return true;
        }

        _events.Enqueue((RefusesSubscription ? LinkEvent.SubscribeRefused : LinkEvent.Subscribed, null, []));
        return true;
    }

    public bool Publish(string topic, byte[] payload, bool retain)
    {
        if (!_open || _inFlight)
        {
            return false;
        }

        _inFlight = true;
        Published.Add((topic, Encoding.UTF8.GetString(payload), retain, clock.NowMs));
        if (Acknowledges && !IsFrozen)
        {
            LinkEvent outcome = LosesNext ? LinkEvent.Unconfirmed : LinkEvent.Published;
            int session = _session;
            LosesNext = false;
            clock.After(AckTakes, () => Confirm(outcome, session));
        }

        return true;
    }

    private void Confirm(LinkEvent outcome, int session)
    {
        if (_open && session == _session)
        {
            _events.Enqueue((outcome, null, []));
        }
    }

    public void Close() => _open = false;

    /// <summary>Forgets what it has not delivered.</summary>
    public void Clear() => _events.Clear();

    public void Deliver(string topic, string payload) => _events.Enqueue((LinkEvent.Message, topic, Encoding.UTF8.GetBytes(payload)));

    public void DeliverOversize() => _events.Enqueue((LinkEvent.Oversize, null, []));

    public void DeliverDropped() => _events.Enqueue((LinkEvent.Dropped, null, []));

    public void Drop(FailureCause cause = FailureCause.Closed)
    {
        EndedBy = cause;
        _open = false;
    }

    public IEnumerable<string> PublishedTo(string suffix) => Published.Where(p => p.Topic.EndsWith(suffix, StringComparison.Ordinal)).Select(p => p.Payload);
}
