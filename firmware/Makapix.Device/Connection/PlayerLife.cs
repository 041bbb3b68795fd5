using System;
using Makapix.Device.Commands;
using Makapix.Device.Health;
using Makapix.Device.Identity;

namespace Makapix.Device.Connection
{
    /// <summary>
    /// The state machine of a provisioned device: join the network, get the time, connect, subscribe, be online; on any failure back off and begin again.
    /// </summary>
    internal sealed partial class PlayerLife
    {
        private readonly DeviceIdentity _identity;
        private readonly DevicePlatform _platform;
        private readonly HealthCounters _health;
        private readonly PlayerTopics _topics;
        private readonly TrustedTime _time;
        private readonly IReconnectPolicy _backoff;
        private readonly SlowMode _slowMode = new SlowMode();
        private readonly StoredNumber _restart;
        private readonly IBrokerLink _link;
        private readonly Outbox _outbox = new Outbox();
        private readonly CommandHandler _commands;
        private readonly Publisher _publisher;
        private long _attemptSince;
        private long _resumeAt;
        private int _timeServer;
        private int _timeAsked;

        public PlayerLife(DeviceIdentity identity, DevicePlatform platform, HealthCounters health)
        {
            _identity = identity;
            _platform = platform;
            _health = health;
            _topics = new PlayerTopics(identity.TopicPrefix);
            _time = new TrustedTime(identity.IssuedAt, identity.CertificateNotAfter, new StoredNumber(platform.Storage, "makapix_time"));
            _restart = new StoredNumber(platform.Storage, "makapix_restart");
            _backoff = platform.Reconnect ?? new Backoff(platform.Random, _restart.Value - 1);
            _link = platform.Links.Create(new LinkSettings(identity, _topics.Status, PresenceMessages.Offline(identity.DeviceId)));
            _commands = new CommandHandler(_topics, platform.Controls, _outbox, health, platform.Log, platform.Random);
            _publisher = new Publisher(identity, _topics, _outbox, platform, _time, health);
            _attemptSince = platform.Clock.NowMs;
            State = ConnectionState.JoinNetwork;
            if (_restart.Value > 0)
            {
                // Once: the next start, if the power is cut, is an ordinary one.
                _restart.Save(0);
                Fail(FailureCause.Stalled);
            }
        }

        public ConnectionState State { get; private set; }

        public FailureCause LastFailure { get; private set; }

        public int Step()
        {
            try
            {
                switch (State)
                {
                    case ConnectionState.JoinNetwork:
                        return JoinNetwork();
                    case ConnectionState.GetTime:
                        return GetTime();
                    case ConnectionState.Connect:
                        return Connect();
                    case ConnectionState.Subscribe:
                        return AwaitSubscription();
                    case ConnectionState.Online:
                        return BeOnline();
                    default:
                        return WaitBackOff();
                }
            }
            catch (Exception)
            {
                // Out of memory, most likely, which dropping the session frees. A device that ends here would be a device lost.
                return Fail(FailureCause.Internal);
            }
        }

        public void Stop() => _link.Close();

        /// <summary>Keeps the backoff over a restart. Called by another thread, which has given up on this one.</summary>
        public void PrepareRestart() => _restart.Save(_backoff.Attempt + 1);

        private int JoinNetwork()
        {
            _timeAsked = 0;
            return _platform.Network.TryJoin(_identity.WifiSsid, _identity.WifiPassword) ? Enter(ConnectionState.GetTime) : Fail(FailureCause.NoNetwork);
        }

        /// <summary>Unless the time is known since an earlier attempt, one server a step, until two agree or all have been asked.</summary>
        private int GetTime()
        {
            if (_time.IsKnown && _timeAsked == 0)
            {
                return Connecting();
            }

            AskTime();
            _timeAsked++;
            if (!_time.IsAgreed && _timeAsked < _platform.Time.ServerCount)
            {
                return 0;
            }

            return _time.IsKnown ? Connecting() : Fail(FailureCause.NoTime);
        }

        private void AskTime()
        {
            _time.Offer(_timeServer, _platform.Time.Ask(_timeServer), _platform.Clock.NowMs);
            NextTimeServer();
        }

        private void NextTimeServer() => _timeServer = _timeServer + 1 < _platform.Time.ServerCount ? _timeServer + 1 : 0;

        /// <summary>Ends the attempt or the session. Where memory is short anything may fail in here; then it backs off all the same.</summary>
        private int Fail(FailureCause cause)
        {
            ConnectionState failed = State;
            bool wasOnline = failed == ConnectionState.Online;
            long now = _platform.Clock.NowMs;
            int delay = wasOnline ? _backoff.AfterSession(now - _onlineSince) : _backoff.AfterFailure(now - _attemptSince);
            _slowMode.Take(cause, now);
            if (_slowMode.IsOn)
            {
                delay = SlowMode.Delay(_platform.Random);
            }

            _resumeAt = now + delay;
            State = ConnectionState.BackOff;

            // A platform that cannot tell a reset from an alert says Tls: in a session that was online it is the network.
            LastFailure = wasOnline && (cause == FailureCause.Closed || cause == FailureCause.Tls) ? FailureCause.SessionLost : cause;
            _health.CountFailure(LastFailure);
            try
            {
                _link.Close();
                _platform.Log.Write(
                    ConnectionStates.Name(failed) + " failed: " + FailureCauses.Name(LastFailure) + "; next attempt in " + delay.ToString() + " ms");
            }
            catch (Exception)
            {
                // The next attempt closes the link again, before it opens it.
            }

            return delay;
        }

        private int WaitBackOff()
        {
            long now = _platform.Clock.NowMs;
            if (now < _resumeAt)
            {
                return (int)(_resumeAt - now);
            }

            _attemptSince = now;
            return Enter(ConnectionState.JoinNetwork);
        }

        private int Enter(ConnectionState state)
        {
            State = state;
            _platform.Log.Step(ConnectionStates.Name(state));
            return 0;
        }
    }
}
