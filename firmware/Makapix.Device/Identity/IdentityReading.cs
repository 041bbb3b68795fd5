namespace Makapix.Device.Identity
{
    /// <summary>The outcome of reading an identity blob.</summary>
    public sealed class IdentityReading
    {
        internal IdentityReading(IdentityState state, DeviceIdentity? identity, string reason)
        {
            State = state;
            Identity = identity;
            Reason = reason;
        }

        /// <summary>What was found.</summary>
        public IdentityState State { get; }

        /// <summary>The identity; null unless <see cref="State"/> is <see cref="IdentityState.Provisioned"/>.</summary>
        public DeviceIdentity? Identity { get; }

        /// <summary>Why there is none, without any byte of the blob; empty if there is one.</summary>
        public string Reason { get; }
    }
}
