namespace Makapix.Device.Identity
{
    /// <summary>The fields of a blob while they are being read.</summary>
    internal sealed class IdentityFields
    {
        public string DeviceId = "";
        public string BrokerHost = "";
        public int BrokerPort;
        public byte[] RootDer = new byte[0];
        public byte[] ChainDer = new byte[0];
        public byte[] PrivateKeyDer = new byte[0];
        public long IssuedAt;
        public string TopicPrefix = "";
        public string WifiSsid = "";
        public string WifiPassword = "";

        /// <summary>Takes one field. False if its value breaks the rules of its type.</summary>
        public bool Set(int type, byte[] value)
        {
            switch (type)
            {
                case IdentityLayout.DeviceId:
                    DeviceId = value.Length == 16 ? Uuid(value) : "";
                    return DeviceId.Length > 0;
                case IdentityLayout.BrokerHost:
                    BrokerHost = IsHostName(value) ? Ascii(value) : "";
                    return BrokerHost.Length > 0;
                case IdentityLayout.BrokerPort:
                    BrokerPort = value.Length == 2 ? value[0] | (value[1] << 8) : 0;
                    return BrokerPort > 0;
                case IdentityLayout.Root:
                    RootDer = value;
                    return Der.CountElements(value) == 1;
                case IdentityLayout.Chain:
                    ChainDer = value;
                    return Der.CountElements(value) >= 1;
                case IdentityLayout.PrivateKey:
                    PrivateKeyDer = value;
                    return Der.CountElements(value) == 1;
                case IdentityLayout.IssuedAt:
                    IssuedAt = value.Length == 8 ? UnsignedLong(value) : 0;
                    return IssuedAt > 0;
                case IdentityLayout.TopicPrefix:
                    TopicPrefix = IsTopicPrefix(value) ? Ascii(value) : "";
                    return TopicPrefix.Length > 0;
                case IdentityLayout.RenewalKey:
                case IdentityLayout.StorageKey:
                    // Nothing here uses them yet; they stay in the blob and are not copied about.
                    return value.Length == IdentityLayout.KeyLength;
                case IdentityLayout.WifiSsid:
                    WifiSsid = Utf8(value);
                    return value.Length >= 1 && value.Length <= IdentityLayout.MaxWifiSsid && !HasNul(value);
                case IdentityLayout.WifiPassword:
                    // IEEE 802.11: a passphrase of 8 to 63 characters. The 64 hexadecimal digits of the key itself do not fit nanoFramework's buffer.
                    WifiPassword = Utf8(value);
                    return value.Length == 0
                        || (value.Length >= IdentityLayout.MinWifiPassword && value.Length <= IdentityLayout.MaxWifiPassword && !HasNul(value));
                default:
                    return false;
            }
        }

        /// <summary>A string of nanoCLR ends at its first NUL: a password of eight NULs would be none, and the network an open one.</summary>
        private static bool HasNul(byte[] value)
        {
            for (int i = 0; i < value.Length; i++)
            {
                if (value[i] == 0)
                {
                    return true;
                }
            }

            return false;
        }

        private static string Uuid(byte[] value)
        {
            const string Hex = "0123456789abcdef";
            char[] text = new char[36];
            int at = 0;
            int bits = 0;
            for (int i = 0; i < value.Length; i++)
            {
                if (i == 4 || i == 6 || i == 8 || i == 10)
                {
                    text[at++] = '-';
                }

                bits |= value[i];
                text[at++] = Hex[value[i] >> 4];
                text[at++] = Hex[value[i] & 15];
            }

            // The nil UUID is what a station with a bug would give to every device.
            return bits == 0 ? "" : new string(text);
        }

        private static bool IsHostName(byte[] value)
        {
            bool valid = value.Length >= 1 && value.Length <= 253;
            for (int i = 0; valid && i < value.Length; i++)
            {
                byte b = value[i];
                valid = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-' || b == '.';
            }

            return valid;
        }

        private static bool IsTopicPrefix(byte[] value)
        {
            bool valid = value.Length >= 1 && value.Length <= IdentityLayout.MaxTopicPrefix && value[0] != '/' && value[value.Length - 1] != '/';
            for (int i = 0; valid && i < value.Length; i++)
            {
                // A wildcard here would subscribe this device to its neighbours.
                valid = value[i] > ' ' && value[i] < 0x7F && value[i] != '+' && value[i] != '#';
            }

            return valid;
        }

        private static long UnsignedLong(byte[] value)
        {
            long number = 0;
            for (int i = 7; i >= 0; i--)
            {
                number = (number << 8) | value[i];
            }

            return number;
        }

        private static string Ascii(byte[] value) => Utf8(value);

        private static string Utf8(byte[] value) => value.Length == 0 ? "" : System.Text.Encoding.UTF8.GetString(value, 0, value.Length);
    }
}
