namespace Makapix.Device.Connection
{
    /// <summary>
    /// xorshift32, seeded by the device's id. nanoFramework's Random takes its seed from the clock, and after a power cut a whole street of devices
    /// starts with the same clock: their jitter would be the same, and no jitter at all.
    /// </summary>
    public sealed class DeviceRandom : IRandomSource
    {
        private uint _state;

        /// <summary>Creates the source.</summary>
        /// <param name="deviceId">Makes it another one than its neighbours'.</param>
        /// <param name="entropy">Makes it another one than after the last boot.</param>
        public DeviceRandom(string deviceId, long entropy)
        {
            // FNV-1a
            uint hash = 2166136261;
            for (int i = 0; i < deviceId.Length; i++)
            {
                hash = (hash ^ deviceId[i]) * 16777619;
            }

            for (int i = 0; i < 8; i++)
            {
                hash = (hash ^ (byte)(entropy >> (8 * i))) * 16777619;
            }

            _state = hash == 0 ? 1 : hash;
        }

        /// <inheritdoc/>
        public int Next(int bound)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(((ulong)_state * (uint)bound) >> 32);
        }
    }
}
