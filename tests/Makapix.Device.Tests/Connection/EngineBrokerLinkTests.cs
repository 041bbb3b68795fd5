using System;
using System.Collections.Generic;
using Makapix.Device.Connection;
using Makapix.Device.Identity;
using Makapix.Device.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Connection;

/// <summary>The link over a stream that is played by hand, byte by byte.</summary>
[TestClass]
public sealed class EngineBrokerLinkTests
{
    private static readonly byte[] Connack = [0x20, 2, 0, 0];

    private readonly FakeClock _clock = new();
    private readonly PlayedStream _stream;
    private readonly EngineBrokerLink _link;

    public EngineBrokerLinkTests()
    {
        _stream = new PlayedStream(_clock);
        DeviceIdentity identity = IdentityReader.Read(new BlobBuilder().Build()).Identity!;
        _link = new EngineBrokerLink(new LinkSettings(identity, "w", [1]), _stream, _clock);
    }

    [TestMethod]
    public void A_session_in_single_bytes_connects_subscribes_receives_and_publishes()
    {
        _stream.ChunkSize = 1;
        Open();

        Assert.IsTrue(_link.Subscribe("a/b"));
        _stream.Say([0x90, 3, 0, 1, 1]);
        Assert.AreEqual(LinkEvent.Subscribed, Next());

        _stream.Say([0x32, 9, 0, 3, (byte)'a', (byte)'/', (byte)'b', 0, 7, 0xAA, 0xBB]);
        Assert.AreEqual(LinkEvent.Message, Next());
        Assert.AreEqual("a/b", _link.Topic);
        CollectionAssert.AreEqual(new byte[] { 0xAA, 0xBB }, _link.Payload[.._link.PayloadLength]);

        Assert.IsTrue(_link.Publish("x", [1], retain: true));
        Assert.IsFalse(_link.Publish("x", [2], retain: true), "one in flight");
        _stream.Say([0x40, 2, 0, 2]);
        Assert.AreEqual(LinkEvent.Published, Next());
        Assert.IsTrue(_link.Publish("x", [2], retain: true));
    }

    [TestMethod]
    [DataRow(new byte[] { 0x20, 2, 0, 5 }, FailureCause.BrokerRefused, DisplayName = "CONNACK says no")]
    [DataRow(new byte[] { 0x30, 2, 0, 0 }, FailureCause.Protocol, DisplayName = "PUBLISH before CONNACK")]
    [DataRow(new byte[] { (byte)'H', (byte)'T', (byte)'T', (byte)'P', (byte)'/', (byte)'1' }, FailureCause.Protocol, DisplayName = "a web server")]
    [DataRow(new byte[] { 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, FailureCause.Protocol, DisplayName = "endless length")]
    public void What_the_peer_answers_to_CONNECT_ends_it(byte[] answer, FailureCause cause)
    {
        Assert.AreEqual(FailureCause.None, _link.Open());
        _stream.Say(answer);

        Assert.AreEqual(LinkEvent.Ended, Next());
        Assert.AreEqual(cause, _link.EndedBy);
        Assert.IsTrue(_stream.IsClosed);
    }

    [TestMethod]
    [DataRow(FailureCause.Closed)]
    [DataRow(FailureCause.Tls, DisplayName = "an alert after the handshake, as TLS 1.3 refuses a client")]
    public void A_peer_that_hangs_up_is_told_apart_by_how(FailureCause cause)
    {
        _link.Open();
        _stream.EndedBy = cause;
        _stream.HangUp();

        Assert.AreEqual(LinkEvent.Ended, Next());
        Assert.AreEqual(cause, _link.EndedBy);
    }

    [TestMethod]
    public void A_peer_that_takes_nothing_ends_it()
    {
        _stream.RefusesWrites = true;
        _link.Open();

        Assert.AreEqual(LinkEvent.Ended, Next());
        Assert.AreEqual(FailureCause.Closed, _link.EndedBy);
    }

    [TestMethod]
    public void A_silent_peer_is_given_up_before_and_after_CONNACK()
    {
        _link.Open();
        long start = _clock.NowMs;
        Assert.AreEqual(LinkEvent.Ended, Next());
        Assert.AreEqual(FailureCause.Timeout, _link.EndedBy);
        Assert.IsLessThan(15000, _clock.NowMs - start);

        Open();
        start = _clock.NowMs;
        Assert.AreEqual(LinkEvent.Ended, Next());
        Assert.AreEqual(FailureCause.Timeout, _link.EndedBy);
        Assert.IsLessThan(90000, _clock.NowMs - start);
    }

    [TestMethod]
    public void A_message_over_the_cap_goes_past_and_the_session_lives()
    {
        Open();
        byte[] head = [0x30, 0xAC, 0x46, 0, 1, (byte)'t'];
        _stream.Say([.. head, .. new byte[9004 - 3]]);

        Assert.AreEqual(LinkEvent.Oversize, Next());
        Assert.AreEqual(LinkEvent.None, _link.Poll(10));
    }

    [TestMethod]
    public void One_link_serves_session_after_session()
    {
        for (int i = 0; i < 50; i++)
        {
            Open();
            Assert.IsTrue(_link.Publish("x", [1], false));
            if (i % 2 == 0)
            {
                _stream.HangUp();
                Assert.AreEqual(LinkEvent.Ended, Next());
            }
            else
            {
                _link.Close();
            }

            Assert.IsTrue(_stream.IsClosed);
            Assert.AreEqual(LinkEvent.Ended, _link.Poll(0));
            Assert.IsFalse(_link.Publish("x", [1], false));
        }
    }

    private void Open()
    {
        Assert.AreEqual(FailureCause.None, _link.Open());
        _stream.Say(Connack);
        Assert.AreEqual(LinkEvent.Connected, Next());
    }

    private LinkEvent Next()
    {
        for (int i = 0; i < 200; i++)
        {
            LinkEvent e = _link.Poll(1000);
            if (e != LinkEvent.None)
            {
                return e;
            }
        }

        return LinkEvent.None;
    }

    private sealed class PlayedStream(FakeClock clock) : ITlsConnector, ITlsStream
    {
        private readonly Queue<byte> _toDevice = new();
        private bool _hungUp;

        public int ChunkSize { get; set; } = int.MaxValue;

        public bool RefusesWrites { get; set; }

        public bool IsClosed { get; private set; }

        public FailureCause EndedBy { get; set; } = FailureCause.Closed;

        public FailureCause Connect(DeviceIdentity identity, out ITlsStream? stream)
        {
            _toDevice.Clear();
            _hungUp = false;
            IsClosed = false;
            stream = this;
            return FailureCause.None;
        }

        public void Say(byte[] bytes)
        {
            foreach (byte b in bytes)
            {
                _toDevice.Enqueue(b);
            }
        }

        public void HangUp() => _hungUp = true;

        public int Read(byte[] buffer, int timeoutMs)
        {
            int count = 0;
            while (count < Math.Min(ChunkSize, buffer.Length) && _toDevice.TryDequeue(out byte b))
            {
                buffer[count++] = b;
            }

            if (count == 0 && !_hungUp)
            {
                clock.Advance(timeoutMs);
            }

            return count == 0 && _hungUp ? -1 : count;
        }

        public bool Write(byte[] buffer, int offset, int count) => !RefusesWrites && !_hungUp;

        public void Close() => IsClosed = true;
    }
}
