namespace Makapix.Device.Identity
{
    /// <summary>
    /// Who this device is and whom it trusts, as its provisioning station wrote it. Holds the private key: it is handed to TLS and
    /// nothing else, and no text of this type shows it.
    /// </summary>
    public sealed class DeviceIdentity
    {
        internal DeviceIdentity(IdentityFields fields, long certificateNotAfter)
        {
            DeviceId = fields.DeviceId;
            BrokerHost = fields.BrokerHost;
            BrokerPort = fields.BrokerPort;
            RootDer = fields.RootDer;
            ChainDer = fields.ChainDer;
            PrivateKeyDer = fields.PrivateKeyDer;
            IssuedAt = fields.IssuedAt;
            TopicPrefix = fields.TopicPrefix;
            WifiSsid = fields.WifiSsid;
            WifiPassword = fields.WifiPassword;
            CertificateNotAfter = certificateNotAfter;
        }

        /// <summary>The device id, a UUID in lower case: certificate CN, MQTT client id and Makapix player key.</summary>
        public string DeviceId { get; }

        /// <summary>The broker's DNS name; its certificate must name it.</summary>
        public string BrokerHost { get; }

        /// <summary>The broker's TLS port.</summary>
        public int BrokerPort { get; }

        /// <summary>The only trust anchor (DER).</summary>
        public byte[] RootDer { get; }

        /// <summary>The leaf, then its issuing CA (DER, concatenated).</summary>
        public byte[] ChainDer { get; }

        /// <summary>RFC 5915 private key with its public key (DER).</summary>
        public byte[] PrivateKeyDer { get; }

        /// <summary>When the station issued this, Unix seconds.</summary>
        public long IssuedAt { get; }

        /// <summary>Prefix of all topics of this device, without a closing slash.</summary>
        public string TopicPrefix { get; }

        /// <summary>The Wi-Fi network to join, or empty where the network needs no joining.</summary>
        public string WifiSsid { get; }

        /// <summary>Its password, or empty for an open network.</summary>
        public string WifiPassword { get; }

        /// <summary>The leaf's notAfter, Unix seconds: no clock past it is believed.</summary>
        public long CertificateNotAfter { get; }
    }
}
