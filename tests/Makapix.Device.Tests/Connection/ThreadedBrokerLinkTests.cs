using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Device.Connection;
using Makapix.Device.Identity;
using Makapix.Device.NanoTests;
using Makapix.Device.Payloads;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Connection;

/// <summary>The link over a client with threads of its own, which does what M2Mqtt was seen to do.</summary>
[TestClass]
public sealed class ThreadedBrokerLinkTests
{
    private readonly ManualClock _clock = new();
    private readonly PlayedClients _clients = new();
    private readonly ThreadedBrokerLink _link;

    public ThreadedBrokerLinkTests()
    {
        DeviceIdentity identity = IdentityReader.Read(SyntheticBlob.Build()).Identity!;
        _link = new ThreadedBrokerLink(new LinkSettings(identity, "w", [1]), _clients, _clock);
    }

    private PlayedClient Client => _clients.Made[^1];

    [TestMethod]
    public void It_connects_subscribes_receives_and_publishes()
    {
        Open();
        Assert.IsTrue(_link.Subscribe("a/b"));
        Client.Events.Answer(Client.LastId, true);
        Assert.AreEqual(LinkEvent.Subscribed, _link.Poll(0));

        Client.Events.Message("a/b", [1, 2]);
        Assert.AreEqual(LinkEvent.Message, _link.Poll(0));
        Assert.AreEqual("a/b", _link.Topic);
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, _link.Payload[.._link.PayloadLength]);

        Assert.IsTrue(_link.Publish("x", [1], true));
        Assert.IsFalse(_link.Publish("x", [2], true), "one in flight");
        Client.Events.Answer(Client.LastId, true);
        Assert.AreEqual(LinkEvent.Published, _link.Poll(0));
        Assert.IsTrue(_link.Publish("x", [2], true));
    }

    [TestMethod]
    public void Each_attempt_has_a_client_of_its_own_and_every_one_is_closed()
    {
        _clients.Outcome = () => FailureCause.NoRoute;
        for (int i = 0; i < 5; i++)
        {
            Assert.AreEqual(FailureCause.NoRoute, _link.Open());
        }

        _clients.Outcome = () => FailureCause.None;
        Open();
        Assert.HasCount(6, _clients.Made);
        Assert.IsTrue(_clients.Made.Take(5).All(c => c.IsClosed));
        Assert.IsFalse(Client.IsClosed);
        _link.Close();
        Assert.IsTrue(Client.IsClosed);
    }

    [TestMethod]
    public void Whatever_the_client_throws_is_a_failure_like_any_other()
    {
        _clients.Outcome = () => throw new InvalidOperationException();
        Assert.AreEqual(FailureCause.Internal, _link.Open());
        Assert.IsTrue(Client.IsClosed);

        _clients.Outcome = () => FailureCause.None;
        Open();
        Client.Throws = true;
        Assert.IsFalse(_link.Subscribe("a"));
        Assert.IsFalse(_link.Publish("a", [1], false));
        _link.Close();
        Assert.AreEqual(LinkEvent.Ended, _link.Poll(0));
    }

    [TestMethod]
    public void The_answer_that_comes_before_the_call_has_returned_is_not_lost()
    {
        Open();
        Client.AnswersAtOnce = true;

        Assert.IsTrue(_link.Publish("x", [1], false));

        Assert.AreEqual(LinkEvent.Published, _link.Poll(5000));
    }

    [TestMethod]
    public void An_outcome_that_never_comes_is_unknown_after_four_seconds()
    {
        Open();
        _link.Publish("x", [1], false);
        _clock.NowMs += 3999;
        Assert.AreEqual(LinkEvent.None, _link.Poll(0));
        _clock.NowMs += 1;
        Assert.AreEqual(LinkEvent.Unconfirmed, _link.Poll(0));

        // Late, and for nothing that is in flight any more.
        int late = Client.LastId;
        Assert.IsTrue(_link.Publish("x", [2], false));
        Client.Events.Answer(late, true);
        Assert.AreEqual(LinkEvent.None, _link.Poll(0));
    }

    [TestMethod]
    public void A_message_that_the_client_gave_up_is_unknown_and_a_grant_of_128_a_refusal()
    {
        Open();
        _link.Publish("x", [1], false);
        Client.Events.Answer(Client.LastId, false);
        Assert.AreEqual(LinkEvent.Unconfirmed, _link.Poll(0));

        _link.Subscribe("a");
        Client.Events.Answer(Client.LastId, false);
        Assert.AreEqual(LinkEvent.SubscribeRefused, _link.Poll(0));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "told")]
    [DataRow(false, DisplayName = "not told, as at session takeover")]
    public void A_connection_that_is_gone_ends_the_session_behind_what_it_had_brought(bool told)
    {
        Open();
        Client.Events.Message("a", [1]);
        Client.IsConnected = false;
        if (told)
        {
            Client.Events.Closed();
        }

        Assert.AreEqual(LinkEvent.Message, _link.Poll(0));
        Assert.AreEqual(LinkEvent.Ended, _link.Poll(0));
        Assert.AreEqual(FailureCause.Closed, _link.EndedBy);
        Assert.IsTrue(Client.IsClosed);
        Assert.AreEqual(LinkEvent.Ended, _link.Poll(0));
    }

    [TestMethod]
    public void flood_from_the_clients_threads_is_counted_not_kept()
    {
        Open();
        Parallel.For(0, 1000, _ => Client.Events.Message("a", new byte[8]));

        LinkEvent[] events = [.. Enumerable.Range(0, 1001).Select(_ => _link.Poll(0))];

        Assert.AreEqual(ThreadedEvents.MaxMessages, events.Count(e => e == LinkEvent.Message));
        Assert.AreEqual(1000 - ThreadedEvents.MaxMessages, events.Count(e => e == LinkEvent.Dropped));
        Assert.AreEqual(LinkEvent.None, events[^1]);
    }

    [TestMethod]
    [DataRow(null, 1)]
    [DataRow("a", -1)]
    [DataRow("a", PayloadGuard.MaxPayload + 1)]
    [DataRow("129", 1)]
    public void forged_or_oversize_message_is_not_kept(string? topic, int length)
    {
        Open();
        Client.Events.Message(topic == "129" ? new string('a', 129) : topic, length < 0 ? null : new byte[length]);

        Assert.AreEqual(LinkEvent.Oversize, _link.Poll(0));
        Assert.AreEqual(LinkEvent.None, _link.Poll(0));
    }

    [TestMethod]
    public void A_closed_clients_threads_speak_to_nobody()
    {
        Open();
        ThreadedEvents old = Client.Events;
        _link.Close();
        Open();

        old.Message("a", [1]);
        old.Closed();
        old.Answer(1, true);

        Assert.AreEqual(LinkEvent.None, _link.Poll(0));
    }

    [TestMethod]
    public async Task What_is_told_wakes_whoever_waits()
    {
        Open();
        Task<LinkEvent> waiting = Task.Factory.StartNew(() => _link.Poll(30000), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Client.Events.Message("a", [1]);

        Assert.AreEqual(LinkEvent.Message, await waiting.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    private void Open()
    {
        Assert.AreEqual(FailureCause.None, _link.Open());
        Assert.AreEqual(LinkEvent.Connected, _link.Poll(0));
        Assert.AreEqual(LinkEvent.None, _link.Poll(0));
    }

    private sealed class PlayedClients : IThreadedClientFactory
    {
        public List<PlayedClient> Made { get; } = [];

        public Func<FailureCause> Outcome { get; set; } = () => FailureCause.None;

        public IThreadedClient Create()
        {
            Made.Add(new PlayedClient(Outcome));
            return Made[^1];
        }
    }

    private sealed class PlayedClient(Func<FailureCause> outcome) : IThreadedClient
    {
        public ThreadedEvents Events { get; private set; } = new(0);

        public int LastId { get; private set; }

        public bool AnswersAtOnce { get; set; }

        public bool Throws { get; set; }

        public bool IsClosed { get; private set; }

        public bool IsConnected { get; set; }

        public FailureCause Open(LinkSettings settings, ThreadedEvents events)
        {
            Events = events;
            FailureCause cause = outcome();
            IsConnected = cause == FailureCause.None;
            return cause;
        }

        public int Subscribe(string filter) => Send();

        public int Publish(string topic, byte[] payload, bool retain) => Send();

        public void Close()
        {
            IsClosed = true;
            if (Throws)
            {
                throw new InvalidOperationException();
            }
        }

        private int Send()
        {
            if (Throws)
            {
                throw new InvalidOperationException();
            }

            int id = ++LastId;
            if (AnswersAtOnce)
            {
                // M2Mqtt sends, and takes the answer, on threads of its own.
                _ = Task.Factory.StartNew(() => Events.Answer(id, true), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            return id;
        }
    }
}
