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
        private bool _stopped;

        /// <summary>Begins the life that the identity allows, and says which.</summary>
        public DeviceLife(IdentityReading reading, DevicePlatform platform)
        {
            if (reading.Identity != null)
            {
                platform.Log.Write("device " + reading.Identity.DeviceId + ", firmware " + FirmwareVersion.Text);
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
        public int Step() => _stopped || _player == null ? NotProvisionedWaitMs : _player.Step();

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
