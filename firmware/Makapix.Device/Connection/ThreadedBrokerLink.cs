using System;
using Makapix.Device.Payloads;

namespace Makapix.Device.Connection
{
    /// <summary>
    /// A link over an MQTT client with threads of its own, such as nanoFramework.M2Mqtt. It trusts the client with little: a new one for each attempt, closed
    /// after each failure; nothing is done in its callbacks; one message is in flight, with a time limit of its own; its belief that it is connected is
    /// asked again and again.
    /// </summary>
    public sealed class ThreadedBrokerLink : IBrokerLink
    {
        /// <summary>How long an outcome may take, in milliseconds: M2Mqtt sends three times, a second apart, and then may or may not tell.</summary>
        public const long OutcomeMs = 4000;

        private readonly LinkSettings _settings;
        private readonly IThreadedClientFactory _clients;
        private readonly IMonotonicClock _clock;
        private IThreadedClient? _client;
        private ThreadedEvents _events = new ThreadedEvents(0);
        private bool _connectedUntold;
        private bool _subscribing;
        private bool _publishing;
        private long _publishedAt;

        /// <summary>Creates the link.</summary>
        public ThreadedBrokerLink(LinkSettings settings, IThreadedClientFactory clients, IMonotonicClock clock)
        {
            _settings = settings;
            _clients = clients;
            _clock = clock;
            Payload = new byte[0];
        }

        /// <inheritdoc/>
        public string? Topic { get; private set; }

        /// <inheritdoc/>
        public byte[] Payload { get; private set; }

        /// <inheritdoc/>
        public int PayloadLength => Payload.Length;

        /// <inheritdoc/>
        public FailureCause EndedBy { get; private set; }

        /// <inheritdoc/>
        public FailureCause Open()
        {
            Close();
            FailureCause cause;
            try
            {
                _events = new ThreadedEvents(PayloadGuard.MaxPayload);
                _client = _clients.Create();
                cause = _client.Open(_settings, _events);
            }
            catch (Exception)
            {
                cause = FailureCause.Internal;
            }

            if (cause != FailureCause.None)
            {
                Close();
            }

            _connectedUntold = cause == FailureCause.None;
            return cause;
        }

        /// <inheritdoc/>
        public LinkEvent Poll(int waitMs)
        {
            LinkEvent found = Look();
            if (found == LinkEvent.None)
            {
                _events.Wait(waitMs);
                found = Look();
            }

            return found;
        }

        /// <inheritdoc/>
        public bool Subscribe(string filter)
        {
            _subscribing = !_publishing && Send(filter, null, false);
            return _subscribing;
        }

        /// <inheritdoc/>
        public bool Publish(string topic, byte[] payload, bool retain)
        {
            if (_publishing || _subscribing || !Send(topic, payload, retain))
            {
                return false;
            }

            _publishing = true;
            _publishedAt = _clock.NowMs;
            return true;
        }

        /// <inheritdoc/>
        public void Close()
        {
            IThreadedClient? client = _client;
            _client = null;
            _connectedUntold = false;
            _subscribing = false;
            _publishing = false;
            try
            {
                client?.Close();
            }
            catch (Exception)
            {
                // It is given up in any case.
            }
        }

        private LinkEvent Look()
        {
            if (_client == null)
            {
                return LinkEvent.Ended;
            }

            if (_connectedUntold)
            {
                _connectedUntold = false;
                return LinkEvent.Connected;
            }

            if ((_subscribing || _publishing) && _events.TryTakeAnswer(out bool accepted))
            {
                bool subscribed = _subscribing;
                _subscribing = false;
                _publishing = false;
                return subscribed ? (accepted ? LinkEvent.Subscribed : LinkEvent.SubscribeRefused) : accepted ? LinkEvent.Published : LinkEvent.Unconfirmed;
            }

            if (_events.TryTakeMessage(out string? topic, out byte[]? payload))
            {
                Topic = topic;
                Payload = payload ?? new byte[0];
                return LinkEvent.Message;
            }

            LinkEvent loss = _events.TakeLoss();
            return loss != LinkEvent.None ? loss : LookForTheEnd(_client);
        }

        private LinkEvent LookForTheEnd(IThreadedClient client)
        {
            if (_events.IsClosed || !client.IsConnected)
            {
                EndedBy = FailureCause.Closed;
                Close();
                return LinkEvent.Ended;
            }

            if (_publishing && _clock.NowMs - _publishedAt >= OutcomeMs)
            {
                _publishing = false;
                return LinkEvent.Unconfirmed;
            }

            return LinkEvent.None;
        }

        private bool Send(string topic, byte[]? payload, bool retain)
        {
            if (_client == null)
            {
                return false;
            }

            try
            {
                _events.Send(_client, topic, payload, retain);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
