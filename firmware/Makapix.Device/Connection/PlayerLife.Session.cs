using Makapix.Device.Payloads;

namespace Makapix.Device.Connection
{
    /// <summary>What happens over a connection.</summary>
    internal sealed partial class PlayerLife
    {
        // Bounds how late a heartbeat or a stop may be; messages wake the wait at once.
        private const int PollMs = 1000;

        // The broker's answers to CONNECT and SUBSCRIBE; longer than a link waits that keeps a time of its own.
        private const long AnswerLimitMs = 30000;

        private long _answerDueAt;
        private long _onlineSince;

        private int Connecting()
        {
            Enter(ConnectionState.Connect);
            _platform.Time.SetClock(_time.Now(_platform.Clock.NowMs));
            FailureCause cause = _link.Open();
            _answerDueAt = _platform.Clock.NowMs + AnswerLimitMs;
            if (cause == FailureCause.Untrusted || cause == FailureCause.Tls)
            {
                // A lie about the time, within what can be believed, would make good certificates look bad: ask again, and somebody else first.
                _time.Forget();
                NextTimeServer();
            }

            return cause == FailureCause.None ? 0 : Fail(cause);
        }

        private int Connect()
        {
            switch (_link.Poll(PollMs))
            {
                case LinkEvent.Connected:
                    _answerDueAt = _platform.Clock.NowMs + AnswerLimitMs;
                    return _link.Subscribe(_topics.Command) ? Enter(ConnectionState.Subscribe) : Fail(FailureCause.Protocol);
                case LinkEvent.Ended:
                    return Fail(_link.EndedBy);
                default:
                    return AwaitAnswer();
            }
        }

        private int AwaitSubscription()
        {
            LinkEvent e = _link.Poll(PollMs);
            switch (e)
            {
                case LinkEvent.Subscribed:
                    return ComeOnline();
                case LinkEvent.SubscribeRefused:
                    return Fail(FailureCause.SubscribeRefused);
                case LinkEvent.Ended:
                    return Fail(_link.EndedBy);
                default:
                    // MQTT 3.1.1, section 3.8.4: messages may come before SUBACK, and are confirmed to the broker like any other.
                    TakeIncoming(e);
                    return AwaitAnswer();
            }
        }

        private int AwaitAnswer() => _platform.Clock.NowMs < _answerDueAt ? 0 : Fail(FailureCause.Timeout);

        private int ComeOnline()
        {
            _onlineSince = _platform.Clock.NowMs;
            _time.Confirm(_onlineSince);
            _health.CountOnline();
            _publisher.BeginSession(_onlineSince);
            return Enter(ConnectionState.Online);
        }

        private int BeOnline()
        {
            _publisher.SendNext(_link);
            LinkEvent e = _link.Poll(PollMs);
            switch (e)
            {
                case LinkEvent.Published:
                    _publisher.Arrived(_platform.Clock.NowMs);
                    break;
                case LinkEvent.Unconfirmed:
                    _publisher.Unconfirmed();
                    break;
                case LinkEvent.Ended:
                    return Fail(_link.EndedBy);
                default:
                    TakeIncoming(e);
                    break;
            }

            RenewTime();
            return _publisher.IsSilent(_platform.Clock.NowMs) ? Fail(FailureCause.Timeout) : 0;
        }

        private void TakeIncoming(LinkEvent e)
        {
            switch (e)
            {
                case LinkEvent.Message:
                    TakeMessage();
                    break;
                case LinkEvent.Oversize:
                    _commands.Reject(RejectCause.Oversize, _platform.Clock.NowMs);
                    break;
                case LinkEvent.Dropped:
                    _commands.Reject(RejectCause.Busy, _platform.Clock.NowMs);
                    break;
                default:
                    break;
            }
        }

        private void TakeMessage()
        {
            long now = _platform.Clock.NowMs;
            _commands.Handle(_link.Topic, _link.Payload, 0, _link.PayloadLength, _time.Now(now), now);
        }

        /// <summary>
        /// Once a day in a session of many months, since the crystal drifts, and commands are judged by their age; sooner while servers disagree. Whatever comes
        /// in, or a message a second would put it off for ever; but with nothing in flight, for a name server that is gone can take longer than an outcome may.
        /// </summary>
        private void RenewTime()
        {
            long now = _platform.Clock.NowMs;
            if (_publisher.IsIdle && _time.IsRenewalDue(now))
            {
                AskTime();
                _publisher.Excuse(_platform.Clock.NowMs - now);
            }
        }
    }
}
