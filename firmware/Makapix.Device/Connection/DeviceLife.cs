using Makapix.Device.Health;
using Makapix.Device.Identity;

namespace Makapix.Device.Connection
{
    /// <summary>
    /// The life of a device: of a player if it has an identity, else of one that waits for it. It has no thread and never sleeps: whoever owns the
    /// thread calls <see cref="Step"/>, waits as long as it says, and calls again. Between two steps it can be stopped.
    /// </summary>
    public sealed class DeviceLife
    {
        private const int NotProvisionedWaitMs = 60000;

        private readonly PlayerLife? _player;
        private readonly HealthCounters _health = new HealthCounters();
        private readonly Supervisor _supervisor;
        private bool _stopped;

        /// <summary>Begins the life that the identity allows, and says which.</summary>
        public DeviceLife(IdentityReading reading, DevicePlatform platform)
        {
            string deviceId = reading.Identity == null ? "" : reading.Identity.DeviceId;
            _supervisor = new Supervisor(platform.Clock, new DeviceRandom(deviceId, platform.Random.Next(int.MaxValue)));
            if (reading.Identity != null)
            {
                platform.Log.Write("device " + deviceId + ", firmware " + FirmwareVersion.Text);
                _player = new PlayerLife(reading.Identity, platform, _health);
            }
            else
            {
                // Nothing weaker stands in for an identity: no default broker, no shared key, no open access point.
                platform.Log.Write("not provisioned: the identity is not usable, " + reading.Reason + "; waiting for a provisioning station");
            }
        }

        /// <summary>Where the device is in its life.</summary>
        public ConnectionState State =>
            _stopped ? ConnectionState.Stopped : _player == null ? ConnectionState.NotProvisioned : _player.State;

        /// <summary>Why the last attempt or session ended.</summary>
        public FailureCause LastFailure => _player == null ? FailureCause.None : _player.LastFailure;

        /// <summary>What went wrong since boot.</summary>
        public HealthCounters Health => _health;

        /// <summary>
        /// Does the next thing. Takes as long as the platform's blocking calls do (joining, asking the time, the TLS handshake), or up to a second of
        /// waiting for the broker; throws nothing.
        /// </summary>
        /// <returns>Milliseconds in which there is nothing to do: wait them, or until the device is stopped.</returns>
        public int Step()
        {
            _supervisor.Progress(0);
            int wait = _stopped || _player == null ? NotProvisionedWaitMs : _player.Step();
            _supervisor.Progress(wait);
            return wait;
        }

        /// <summary>
        /// Whether a step does not end, or the clock is near its end, and the device is to be restarted; to be asked by another thread every
        /// <see cref="Supervisor.CheckMs"/>. When it says so, what has to survive is stored: restart, by resetting the chip or by beginning another life, and
        /// throw this one away.
        /// </summary>
        public bool MustRestart()
        {
            if (_player == null || !_supervisor.IsRestartDue())
            {
                return _supervisor.IsOld;
            }

            _player.PrepareRestart();
            return true;
        }

        /// <summary>Ends the life. The connection is dropped without DISCONNECT: the broker publishes the last will.</summary>
        public void Stop()
        {
            _stopped = true;
            if (_player != null)
            {
                _player.Stop();
            }
        }
    }
}
