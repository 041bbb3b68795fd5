using System;

namespace Makapix.Mqtt
{
    /// <summary>
    /// An MQTT 3.1.1 client without I/O: bytes and the time go in, bytes to send and events come out. No thread, no clock, no socket, no static state.
    /// One thread at a time may use an instance.
    /// <para>The host's loop, whatever carries the bytes:</para>
    /// <code>
    /// engine.Connect(now);
    /// while (true)
    /// {
    ///     engine.Tick(now);                                                  // timeouts, pings
    ///     while ((e = engine.NextEvent()) != null) { … }                     // may call Publish, Subscribe, Disconnect
    ///     while (engine.OutgoingCount > 0) { write; engine.Sent(count); }
    ///     if (engine.State == MqttState.Closed) { break; }                   // close the transport
    ///     if (bytes are left) { left -= engine.Receive(buffer, offset, left, now); }
    ///     else { read, at most until engine.NextDeadline; or engine.ConnectionLost() }
    /// }
    /// </code>
    /// <para>
    /// Events are pulled, and there is room for one: <see cref="Receive"/> stops behind the packet that made it, and also while the outgoing buffer has no
    /// room for the acknowledgement that the next packet may need. So no flood makes any queue grow, a peer that never reads is read no further, and a
    /// handler may call back into the engine, which a listener called in the middle of <see cref="Receive"/> could not safely do. A loop as above always
    /// moves on: with no event waiting and nothing to send, <see cref="Receive"/> takes at least one byte.
    /// </para>
    /// <para>All buffers are allocated by the constructor, from the caps of <see cref="MqttOptions"/>; an instance serves one session after the other.</para>
    /// </summary>
    public sealed partial class MqttEngine
    {
        /// <summary>Most filters in one SUBSCRIBE or UNSUBSCRIBE.</summary>
        public const int MaxFilters = 16;

        /// <summary>The code of a refused filter in <see cref="MqttEvent.Grants"/> (3.9.3).</summary>
        public const byte GrantRefused = 0x80;

        /// <summary>The deadline when nothing is due.</summary>
        public const long NoDeadline = long.MaxValue;

        // Behind what Publish and Subscribe may fill: room for PUBACK, PINGREQ and DISCONNECT, which may not wait for the peer.
        private const int ControlReserve = 64;
        private const int ReplyRoom = 8;

        private readonly MqttOptions _options;
        private readonly OutgoingBuffer _outgoing;
        private readonly PacketReader _reader;
        private readonly MqttEvent _event;
        private bool _eventWaiting;
        private bool _closeReported;

        /// <summary>Creates an engine and all its buffers.</summary>
        /// <param name="options">What sessions are to be.</param>
        /// <exception cref="ArgumentException">An option out of its range, or CONNECT would not fit the outgoing cap.</exception>
        public MqttEngine(MqttOptions options)
        {
            options.Validate();
            _options = options;
            _outgoing = new OutgoingBuffer(options.MaxOutgoingPacketBytes + ControlReserve);
            _reader = new PacketReader(options.MaxIncomingTopicBytes, options.MaxIncomingPayloadBytes, 2 + MaxFilters);
            _event = new MqttEvent(_reader.Payload);
            if (OutgoingBuffer.PacketSize(ConnectLength()) > options.MaxOutgoingPacketBytes)
            {
                throw new ArgumentException("CONNECT is over MaxOutgoingPacketBytes");
            }
        }

        /// <summary>Where the session stands.</summary>
        public MqttState State { get; private set; }

        /// <summary>Why the session ended; <see cref="MqttCloseCause.None"/> while it did not.</summary>
        public MqttCloseCause CloseCause { get; private set; }

        /// <summary>The server's answer to CONNECT; what it says when <see cref="CloseCause"/> is <see cref="MqttCloseCause.Refused"/>.</summary>
        public MqttConnackCode ConnackCode { get; private set; }

        /// <summary>Messages over a cap that were discarded, over all sessions.</summary>
        public int DiscardedMessages { get; private set; }

        /// <summary>Takes the next event; null when there is none. See <see cref="MqttEvent"/> for how long it holds.</summary>
        public MqttEvent? NextEvent()
        {
            if (!_eventWaiting && State == MqttState.Closed)
            {
                RaiseRest();
            }

            if (!_eventWaiting)
            {
                return null;
            }

            _eventWaiting = false;
            return _event;
        }

        /// <summary>The transport ended, by either side. Ends the session; does nothing when it is over.</summary>
        public void ConnectionLost()
        {
            End(MqttCloseCause.ConnectionLost);
        }

        // What a closed session still owes is derived from its state, not queued: at most the outcome in flight, then the end.
        private void RaiseRest()
        {
            if (_publishId != 0)
            {
                _publishId = 0;
                Raise(MqttEventKind.Published);
                _event.Outcome = _publishTimedOut ? MqttPublishOutcome.TimedOut : MqttPublishOutcome.ConnectionLost;
            }
            else if (!_closeReported)
            {
                _closeReported = true;
                Raise(MqttEventKind.Closed);
                _event.Cause = CloseCause;
            }
        }

        private void Raise(MqttEventKind kind)
        {
            _event.Clear(kind);
            _eventWaiting = true;
        }

        private void End(MqttCloseCause cause)
        {
            if (State == MqttState.Idle || State == MqttState.Closed)
            {
                return;
            }

            State = MqttState.Closed;
            CloseCause = cause;
            if (cause != MqttCloseCause.Disconnected)
            {
                // 4.8: a broken session is just closed. A DISCONNECT would make the server drop the will.
                _outgoing.Clear();
            }
        }
    }
}
