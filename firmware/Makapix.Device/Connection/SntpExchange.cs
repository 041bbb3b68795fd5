namespace Makapix.Device.Connection
{
    /// <summary>
    /// One question and answer of SNTP (RFC 4330). The question carries jitter where its time of sending would be, and an answer must repeat it: that keeps out
    /// late answers and blind guesses, not somebody who knows the device's id and when it booted, or reads along. <see cref="TrustedTime"/> bounds what he can do.
    /// </summary>
    public sealed class SntpExchange
    {
        /// <summary>Length of question and answer in bytes.</summary>
        public const int Length = 48;

        private const byte Version4Client = 0x23;
        private const int ModeServer = 4;
        private const int OriginateOffset = 24;
        private const int TransmitOffset = 40;
        private const int StampLength = 8;

        // 1900-01-01 to 1970-01-01, and one turn of the 32-bit seconds (2036-02-07).
        private const long EpochSeconds = 2208988800;
        private const long EraSeconds = 4294967296;

        /// <summary>Asks.</summary>
        public SntpExchange(IRandomSource random)
        {
            Request[0] = Version4Client;
            for (int i = TransmitOffset; i < Length; i++)
            {
                Request[i] = (byte)random.Next(256);
            }
        }

        /// <summary>The question to send.</summary>
        public byte[] Request { get; } = new byte[Length];

        /// <summary>Unix seconds that an answer tells, or 0 if it is not the answer to this question.</summary>
        public long Read(byte[] answer, int length)
        {
            if (length < Length || (answer[0] & 7) != ModeServer || answer[0] >> 6 == 3 || answer[1] == 0 || answer[1] > 15)
            {
                // Not a server; a clock that says of itself that it is not set (leap indicator 3); or a refusal (stratum 0).
                return 0;
            }

            for (int i = 0; i < StampLength; i++)
            {
                if (answer[OriginateOffset + i] != Request[TransmitOffset + i])
                {
                    return 0;
                }
            }

            long seconds = ((long)answer[TransmitOffset] << 24) | ((long)answer[TransmitOffset + 1] << 16) | ((long)answer[TransmitOffset + 2] << 8) | answer[TransmitOffset + 3];

            if (seconds == 0)
            {
                // RFC 4330, section 5: a server that has no time says 0. As a time it would be 2036, which lies within a certificate's validity.
                return 0;
            }

            // RFC 4330, section 3: without the top bit it is the era that began in 2036.
            long unix = seconds - EpochSeconds + (seconds < EraSeconds / 2 ? EraSeconds : 0);
            return unix > 0 ? unix : 0;
        }
    }
}
