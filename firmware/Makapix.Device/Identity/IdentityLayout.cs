namespace Makapix.Device.Identity
{
    /// <summary>The identity blob's format: offsets, limits and field types.</summary>
    internal static class IdentityLayout
    {
        public const int Length = 4096;
        public const int VersionOffset = 10;
        public const int TlvLengthOffset = 11;
        public const int TlvOffset = 13;
        public const int CrcLength = 4;
        public const int MaxTlvLength = Length - TlvOffset - CrcLength;
        public const byte Filler = 0xFF;

        public const int DeviceId = 1;
        public const int BrokerHost = 2;
        public const int BrokerPort = 3;
        public const int Root = 4;
        public const int Chain = 5;
        public const int PrivateKey = 6;
        public const int IssuedAt = 7;
        public const int TopicPrefix = 8;
        public const int RenewalKey = 9;
        public const int StorageKey = 10;
        public const int WifiSsid = 11;
        public const int WifiPassword = 12;

        /// <summary>Types 1 to this one must all be there; the keys and the Wi-Fi may be absent.</summary>
        public const int LastRequired = TopicPrefix;

        public const int KeyLength = 32;

        /// <summary>Leaves room for the longest suffix below the 128 bytes that any topic may have.</summary>
        public const int MaxTopicPrefix = 96;

        // nanoFramework and ESP-IDF copy them into buffers of 32 and 64 bytes with a NUL at the end, and copy nothing if it does not fit.
        public const int MaxWifiSsid = 31;
        public const int MinWifiPassword = 8;
        public const int MaxWifiPassword = 63;

        // A NUL follows. Not in the string: on nanoCLR it would end there, and the NUL be compared with nothing.
        private const string Magic = "MKPXIDENT";

        public static bool HasMagic(byte[] blob)
        {
            for (int i = 0; i < Magic.Length; i++)
            {
                if (blob[i] != Magic[i])
                {
                    return false;
                }
            }

            return blob[Magic.Length] == 0;
        }

        public static bool IsFiller(byte[] blob, int offset)
        {
            for (int i = offset; i < blob.Length; i++)
            {
                if (blob[i] != Filler)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
