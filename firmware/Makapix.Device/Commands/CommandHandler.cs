using System;
using Makapix.Device.Connection;
using Makapix.Device.Health;
using Makapix.Device.Payloads;

namespace Makapix.Device.Commands
{
    /// <summary>Takes what comes in on the <c>command</c> topic: guard, freshness, duplicates, effect, acknowledgement. Never throws.</summary>
    public sealed class CommandHandler
    {
        /// <summary>How far a command's time of issue may be from now, in seconds.</summary>
        public const long FreshnessSeconds = 600;

        private readonly CommandGuard _guard = new CommandGuard();
        private readonly CommandIdWindow _seen = new CommandIdWindow();
        private readonly ErrorAckBudget _errorAcks = new ErrorAckBudget();
        private readonly PlayerTopics _topics;
        private readonly IBrightness _brightness;
        private readonly Outbox _outbox;
        private readonly HealthCounters _health;

        /// <summary>Creates the handler of one device.</summary>
        public CommandHandler(PlayerTopics topics, IBrightness brightness, Outbox outbox, HealthCounters health)
        {
            _topics = topics;
            _brightness = brightness;
            _outbox = outbox;
            _health = health;
        }

        /// <summary>Takes one message.</summary>
        /// <param name="topic">Its topic; null if that was over the cap.</param>
        /// <param name="data">Holds the payload; not kept.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="nowUnix">The time, Unix seconds, or 0 while it is not known.</param>
        /// <param name="nowMs">The monotonic clock.</param>
        /// <returns>What became of it; counted already.</returns>
        public RejectCause Handle(string? topic, byte[] data, int offset, int length, long nowUnix, long nowMs)
        {
            RejectCause cause = topic == null || topic != _topics.Command ? RejectCause.Topic : HandleCommand(data, offset, length, nowUnix, nowMs);
            if (cause != RejectCause.None)
            {
                _health.CountRejected(cause);
            }

            return cause;
        }

        private RejectCause HandleCommand(byte[] data, int offset, int length, long nowUnix, long nowMs)
        {
            RejectCause cause = _guard.Inspect(data, offset, length);
            if (cause == RejectCause.None)
            {
                cause = Admit(nowUnix);
            }

            if (cause == RejectCause.None)
            {
                _seen.Add(_guard.CommandId);
                cause = SetBrightness(_guard.Value) ? RejectCause.None : RejectCause.Refused;
            }

            Answer(cause, nowMs);
            return cause;
        }

        private RejectCause Admit(long nowUnix)
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

        private bool SetBrightness(int value)
        {
            if (value < _brightness.Min || value > _brightness.Max || (value - _brightness.Min) % _brightness.Step != 0)
            {
                return false;
            }

            if (value == _brightness.Value)
            {
                return true;
            }

            try
            {
                if (!_brightness.TrySet(value))
                {
                    return false;
                }
            }
            catch (Exception)
            {
                // Whatever the hardware does not like: a command must not be able to end the session, let alone the device.
                return false;
            }

            _outbox.RequestState();
            return true;
        }

        private void Answer(RejectCause cause, long nowMs)
        {
            if (cause == RejectCause.None)
            {
                _outbox.AddAck(_guard.CommandIdText, "ok", null);
            }
            else if (_guard.HasCommandId && cause != RejectCause.Duplicate && _outbox.HasErrorAckSlot && _errorAcks.TrySpend(nowMs))
            {
                // A duplicate has had its answer; another one would contradict it.
                bool unsupported = cause == RejectCause.Unsupported;
                _outbox.AddAck(_guard.CommandIdText, unsupported ? "unsupported" : "error", unsupported ? null : RejectCauses.Name(cause));
            }
        }
    }
}
