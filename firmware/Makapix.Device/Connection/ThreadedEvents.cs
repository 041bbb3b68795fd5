using System.Threading;

namespace Makapix.Device.Connection
{
    /// <summary>
    /// What a client's threads tell of one session, until the device's own thread comes for it. Bounded: what does not fit is counted, not kept, and no
    /// caller is ever held up. What a client tells after its session is over goes to an object that nobody asks any more.
    /// </summary>
    public sealed class ThreadedEvents
    {
        /// <summary>Messages that wait at most; each may be as long as a payload may.</summary>
        public const int MaxMessages = 4;

        private readonly object _lock = new object();
        private readonly AutoResetEvent _told = new AutoResetEvent(false);
        private readonly string[] _topics = new string[MaxMessages];
        private readonly byte[][] _payloads = new byte[MaxMessages][];
        private readonly int _maxPayload;
        private int _first;
        private int _count;
        private int _oversize;
        private int _dropped;
        private int _awaited;
        private bool _answered;
        private bool _accepted;
        private bool _closed;

        /// <summary>Creates it.</summary>
        /// <param name="maxPayload">Longest payload in bytes that is kept.</param>
        public ThreadedEvents(int maxPayload)
        {
            _maxPayload = maxPayload;
        }

        /// <summary>A message came. The client gives its payload away.</summary>
        public void Message(string? topic, byte[]? payload)
        {
            lock (_lock)
            {
                if (topic == null || payload == null || topic.Length > PlayerTopics.MaxLength || payload.Length > _maxPayload)
                {
                    _oversize = Next(_oversize);
                }
                else if (_count == MaxMessages)
                {
                    _dropped = Next(_dropped);
                }
                else
                {
                    int slot = (_first + _count) % MaxMessages;
                    _topics[slot] = topic;
                    _payloads[slot] = payload;
                    _count++;
                }
            }

            _told.Set();
        }

        /// <summary>A packet has its outcome.</summary>
        /// <param name="packetId">Which.</param>
        /// <param name="accepted">Whether the broker took, or granted, it.</param>
        public void Answer(int packetId, bool accepted)
        {
            lock (_lock)
            {
                if (packetId == _awaited)
                {
                    _answered = true;
                    _accepted = accepted;
                }
            }

            _told.Set();
        }

        /// <summary>The connection is gone.</summary>
        public void Closed()
        {
            lock (_lock)
            {
                _closed = true;
            }

            _told.Set();
        }

        /// <summary>Publishes or subscribes, and awaits the answer to it. Under the lock, since the answer may come before the client has returned.</summary>
        internal void Send(IThreadedClient client, string topic, byte[]? payload, bool retain)
        {
            lock (_lock)
            {
                _answered = false;
                _awaited = payload == null ? client.Subscribe(topic) : client.Publish(topic, payload, retain);
            }
        }

        /// <summary>Takes the answer that is awaited, if it has come.</summary>
        internal bool TryTakeAnswer(out bool accepted)
        {
            lock (_lock)
            {
                accepted = _accepted;
                bool answered = _answered;
                _answered = false;
                return answered;
            }
        }

        /// <summary>Takes the oldest message, if there is one.</summary>
        internal bool TryTakeMessage(out string? topic, out byte[]? payload)
        {
            lock (_lock)
            {
                topic = _count > 0 ? _topics[_first] : null;
                payload = _count > 0 ? _payloads[_first] : null;
                if (_count == 0)
                {
                    return false;
                }

                // The payload is the device's to free now.
                _payloads[_first] = new byte[0];
                _first = (_first + 1) % MaxMessages;
                _count--;
                return true;
            }
        }

        /// <summary>Takes the news of one message that was not kept, if there was one.</summary>
        internal LinkEvent TakeLoss()
        {
            lock (_lock)
            {
                if (_oversize > 0)
                {
                    _oversize--;
                    return LinkEvent.Oversize;
                }

                if (_dropped > 0)
                {
                    _dropped--;
                    return LinkEvent.Dropped;
                }

                return LinkEvent.None;
            }
        }

        internal bool IsClosed
        {
            get
            {
                lock (_lock)
                {
                    return _closed;
                }
            }
        }

        /// <summary>Waits until something is told.</summary>
        internal void Wait(int milliseconds) => _told.WaitOne(milliseconds, false);

        private static int Next(int count) => count == int.MaxValue ? count : count + 1;
    }
}
