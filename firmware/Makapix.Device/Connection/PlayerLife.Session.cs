using Makapix.Device.Payloads;

namespace Makapix.Device.Connection
{
    /// <summary>What happens over a connection.</summary>
    internal sealed partial class PlayerLife
    {
        // Bounds how late a heartbeat or a stop may be; messages wake the wait at once.
        private const int PollMs = 1000;

        private long _onlineSince;

        private int Connect()
        {
            switch (_link.Poll(PollMs))
            {
                case LinkEvent.Connected:
                    return _link.Subscribe(_topics.Command) ? Enter(ConnectionState.Subscribe) : Fail(FailureCause.Protocol);
                case LinkEvent.Ended:
                    return Fail(_link.EndedBy);
                default:
                    return 0;
            }
        }

        private int AwaitSubscription()
        {
            switch (_link.Poll(PollMs))
            {
                case LinkEvent.Subscribed:
                    return ComeOnline();
                case LinkEvent.SubscribeRefused:
                    return Fail(FailureCause.SubscribeRefused);
                case LinkEvent.Ended:
                    return Fail(_link.EndedBy);
                default:
                    // MQTT 3.1.1, section 3.8.4: messages may come before SUBACK. Clean session and nothing retained: none of ours does.
                    return 0;
            }
        }

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
            switch (_link.Poll(PollMs))
            {
                case LinkEvent.Message:
                    TakeMessage();
                    return 0;
                case LinkEvent.Oversize:
                    _health.CountRejected(RejectCause.Oversize);
                    return 0;
                case LinkEvent.Published:
                    _publisher.Arrived();
                    return 0;
                case LinkEvent.Ended:
                    return Fail(_link.EndedBy);
                default:
                    return 0;
            }
        }

        private void TakeMessage()
        {
            long now = _platform.Clock.NowMs;
            _commands.Handle(_link.Topic, _link.Payload, 0, _link.PayloadLength, _time.Now(now), now);
        }
    }
}
