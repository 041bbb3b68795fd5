namespace Makapix.Device.Connection
{
    /// <summary>What a failed handshake means, by the number that nanoCLR since 2026-07 puts into its exception: an mbedTLS error, or the flags of the verification.</summary>
    public static class MbedTlsCause
    {
        // mbedtls/ssl.h
        private const int FatalAlert = -0x7780;
        private const int ConnectionEof = -0x7280;
        private const int CloseNotify = -0x7880;

        // nanoCLR's SslError (nanoPAL_Sockets.h), thrown in the same field before there is a handshake. As flags they would say "revoked", and no revocation
        // list is on the device. Its other numbers cannot be told from flags: 9, no memory to set TLS up, reads like "expired and not trusted".
        private const int SeedFailed = 3;
        private const int KeyUnreadable = 6;
        private const int CertificateUnreadable = 7;

        // mbedtls/net_sockets.h
        private const int ReceiveFailed = -0x004C;
        private const int SendFailed = -0x004E;
        private const int ConnectionReset = -0x0050;

        /// <summary>The cause that a number stands for; 0 where the firmware tells none.</summary>
        public static FailureCause Of(int code)
        {
            switch (code)
            {
                case SeedFailed:
                    return FailureCause.Internal;
                case KeyUnreadable:
                case CertificateUnreadable:
                    return FailureCause.Identity;
                case FatalAlert:
                    // Name, versions and ciphers are the same at every attempt: what a broker can have against us is our certificate.
                    return FailureCause.CertificateRefused;
                case ConnectionEof:
                case CloseNotify:
                case ReceiveFailed:
                case SendFailed:
                case ConnectionReset:
                    return FailureCause.Closed;
                default:
                    // MBEDTLS_X509_BADCERT_*: errors are negative, verification flags are not.
                    return code > 0 ? FailureCause.Untrusted : FailureCause.Tls;
            }
        }
    }
}
