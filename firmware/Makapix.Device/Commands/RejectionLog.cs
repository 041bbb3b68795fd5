using Makapix.Device.Payloads;

namespace Makapix.Device.Commands
{
    /// <summary>Tells the log of messages that were not acted upon: the first at once, then one line a minute, however many there are.</summary>
    internal sealed class RejectionLog
    {
        /// <summary>Least time between two lines.</summary>
        public const long PeriodMs = 60000;

        private readonly IDeviceLog _log;
        private long _nextAt = long.MinValue;
        private int _unsaid;

        public RejectionLog(IDeviceLog log)
        {
            _log = log;
        }

        /// <param name="cause">Why.</param>
        /// <param name="position">Where in the payload.</param>
        /// <param name="nowMs">The monotonic clock.</param>
        public void Add(RejectCause cause, int position, long nowMs)
        {
            if (nowMs < _nextAt)
            {
                _unsaid = _unsaid == int.MaxValue ? _unsaid : _unsaid + 1;
                return;
            }

            string line = "message rejected: " + RejectCauses.Name(cause) + " at byte " + position.ToString();
            _log.Write(_unsaid == 0 ? line : line + "; " + _unsaid.ToString() + " more since the last such line");
            _unsaid = 0;
            _nextAt = nowMs + PeriodMs;
        }
    }
}
