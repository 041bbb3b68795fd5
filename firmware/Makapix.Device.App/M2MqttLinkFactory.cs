using Makapix.Device.Connection;

namespace Makapix.Device.App
{
    /// <summary>nanoFramework.M2Mqtt, on the short lead of <see cref="ThreadedBrokerLink"/>. Chosen by the build property BrokerLink.</summary>
    internal sealed class M2MqttLinkFactory : IBrokerLinkFactory, IThreadedClientFactory
    {
        private readonly IMonotonicClock _clock;
        private NanoCertificates? _certificates;

        public M2MqttLinkFactory(IMonotonicClock clock)
        {
            _clock = clock;
        }

        public IBrokerLink Create(LinkSettings settings) => new ThreadedBrokerLink(settings, this, _clock);

        public IThreadedClient Create() => new M2MqttLink(this);

        /// <summary>The identity's certificates, parsed once. Throws where mbedTLS does not like them.</summary>
        public NanoCertificates Certificates(LinkSettings settings) => _certificates ??= new NanoCertificates(settings.Identity);
    }
}
