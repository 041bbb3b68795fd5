using Makapix.Device.Connection;
using Makapix.Device.Health;
using Makapix.Device.Payloads;

namespace Makapix.Device.Commands
{
    /// <summary>Takes what comes in on the <c>command</c> topic: size, budget, guard, freshness, duplicates, effect, acknowledgement. Throws nothing, unless memory runs out.</summary>
    public sealed partial class CommandHandler
    {
        /// <summary>How far a command's time of issue may be from now, in seconds.</summary>
        public const long FreshnessSeconds = 600;

        /// <summary>Answers to what was not accepted: so many at once, and in a minute. Garbage must not make the device talk.</summary>
        public const int ErrorAckBurst = 4, ErrorAcksPerMinute = 4;

        private readonly CommandGuard _guard;
        private readonly CommandIdWindow _seen = new CommandIdWindow();
        private readonly TopicBudget _budget = new TopicBudget();
        private readonly TokenBucket _errorAcks = new TokenBucket(ErrorAckBurst, ErrorAcksPerMinute);
        private readonly PlayerTopics _topics;
        private readonly PlayerControls _controls;
        private readonly Outbox _outbox;
        private readonly HealthCounters _health;
        private readonly RejectionLog _log;

        /// <summary>Creates the handler of one device.</summary>
        public CommandHandler(PlayerTopics topics, PlayerControls controls, Outbox outbox, HealthCounters health, IDeviceLog log, IRandomSource random)
        {
            _guard = new CommandGuard(random.Next(int.MaxValue));
            _topics = topics;
            _controls = controls;
            _outbox = outbox;
            _health = health;
            _log = new RejectionLog(log);
        }

        /// <summary>Takes one message.</summary>
        /// <param name="topic">Its topic; null if that was over the cap.</param>
        /// <param name="data">Holds the payload; not kept.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="nowUnix">The time, Unix seconds, or 0 while it is not known.</param>
        /// <param name="nowMs">The monotonic clock.</param>
        /// <returns>What became of it; counted and logged already.</returns>
        public RejectCause Handle(string? topic, byte[] data, int offset, int length, long nowUnix, long nowMs)
        {
            RejectCause cause = Admit(topic, length, nowMs);
            int position = 0;
            if (cause == RejectCause.None)
            {
                cause = HandleCommand(data, offset, length, nowUnix, nowMs);
                position = _guard.Position;
            }

            if (cause != RejectCause.None)
            {
                Reject(cause, nowMs, position);
            }

            return cause;
        }

        /// <summary>Counts and logs a message that is not acted upon: here, or before it came here at all.</summary>
        /// <param name="cause">Why.</param>
        /// <param name="nowMs">The monotonic clock.</param>
        /// <param name="position">Where in the payload.</param>
        public void Reject(RejectCause cause, long nowMs, int position = 0)
        {
            _health.CountRejected(cause);
            _log.Add(cause, position, nowMs);
        }

        /// <summary>Whether the payload is read at all.</summary>
        private RejectCause Admit(string? topic, int length, long nowMs)
        {
            if (topic == null || topic != _topics.Command)
            {
                return RejectCause.Topic;
            }

            return length > PayloadGuard.MaxPayload ? RejectCause.Oversize : _budget.TrySpend(length, nowMs) ? RejectCause.None : RejectCause.Flood;
        }

        private RejectCause HandleCommand(byte[] data, int offset, int length, long nowUnix, long nowMs)
        {
            RejectCause cause = _guard.Inspect(data, offset, length);
            if (cause == RejectCause.None)
            {
                cause = Accept(nowUnix);
            }

            if (cause == RejectCause.None)
            {
                // Its id will not be heard again, so it is answered now, whatever comes of it: its slot is free.
                _seen.Add(_guard.CommandId);
                cause = Act();
                Answer(cause);
            }
            else if (MayAnswer(cause, nowMs))
            {
                Answer(cause);
            }

            return cause;
        }

        /// <summary>Whether a valid command is carried out.</summary>
        private RejectCause Accept(long nowUnix)
        {
            long age = nowUnix - _guard.IssuedAt;
            if (nowUnix > 0 && (age > FreshnessSeconds || age < -FreshnessSeconds))
            {
                return RejectCause.Stale;
            }

            if (_seen.Contains(_guard.CommandId))
            {
                return RejectCause.Duplicate;
            }

            return _outbox.HasAckSlot ? RejectCause.None : RejectCause.Busy;
        }

        /// <summary>Whether a command that was not accepted is answered, out of the errors' budget.</summary>
        private bool MayAnswer(RejectCause cause, long nowMs)
        {
            // A duplicate was answered when it came first; another answer would contradict that.
            bool may = _guard.HasCommandId && cause != RejectCause.Duplicate && _outbox.HasErrorAckSlot && _errorAcks.Has(1, nowMs);
            if (may)
            {
                _errorAcks.Spend(1);
            }

            return may;
        }

        private void Answer(RejectCause cause)
        {
            bool failed = cause != RejectCause.None && cause != RejectCause.Unsupported;
            _outbox.AddAck(_guard.CommandIdText, failed ? "error" : cause == RejectCause.None ? "ok" : "unsupported", failed ? RejectCauses.Name(cause) : null);
        }
    }
}
