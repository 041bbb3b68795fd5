namespace Makapix.Device.Connection
{
    /// <summary>The names of <see cref="FailureCause"/> as they are published: on nanoCLR an enum as text is its number.</summary>
    public static class FailureCauses
    {
        /// <summary>How many causes there are, <see cref="FailureCause.None"/> included.</summary>
        public const int Count = (int)FailureCause.Stalled + 1;

        /// <summary>
        /// Whether the broker said, of this device and in so many words, that it does not want it. A close, a reset or silence is what overload looks like.
        /// </summary>
        public static bool IsRefusal(FailureCause cause) => cause == FailureCause.BrokerRefused || cause == FailureCause.CertificateRefused;

        /// <summary>The stable name of a cause.</summary>
        public static string Name(FailureCause cause)
        {
            switch (cause)
            {
                case FailureCause.NoNetwork: return "no_network";
                case FailureCause.NoTime: return "no_time";
                case FailureCause.NoName: return "no_name";
                case FailureCause.NoRoute: return "no_route";
                case FailureCause.Identity: return "identity";
                case FailureCause.Untrusted: return "untrusted";
                case FailureCause.CertificateRefused: return "certificate_refused";
                case FailureCause.Tls: return "tls";
                case FailureCause.Closed: return "closed";
                case FailureCause.Timeout: return "timeout";
                case FailureCause.BrokerRefused: return "broker_refused";
                case FailureCause.BrokerUnavailable: return "broker_unavailable";
                case FailureCause.SubscribeRefused: return "subscribe_refused";
                case FailureCause.Protocol: return "protocol";
                case FailureCause.SessionLost: return "session_lost";
                case FailureCause.Internal: return "internal";
                case FailureCause.Stalled: return "stalled";
                default: return "none";
            }
        }
    }
}
