using Makapix.Device.Connection;

namespace Makapix.Device.App
{
    /// <summary>Our own MQTT engine over nanoFramework's TLS.</summary>
    internal sealed class EngineLinkFactory : IBrokerLinkFactory
    {
        private readonly IMonotonicClock _clock;

        public EngineLinkFactory(IMonotonicClock clock)
        {
            _clock = clock;
        }

        public IBrokerLink Create(LinkSettings settings) => new EngineBrokerLink(settings, new NanoTlsConnector(), _clock);
    }
}
