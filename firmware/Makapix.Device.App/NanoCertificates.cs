using System.Security.Cryptography.X509Certificates;
using Makapix.Device.Identity;

namespace Makapix.Device.App
{
    /// <summary>The identity as mbedTLS wants it: it reads one certificate from DER, and several from PEM that ends in NUL.</summary>
    internal sealed class NanoCertificates
    {
        /// <summary>Has mbedTLS parse the key and all certificates. Throws where it does not like them.</summary>
        public NanoCertificates(DeviceIdentity identity)
        {
            Root = new X509Certificate(identity.RootDer);
            Client = new X509Certificate2(Pem.FromCertificates(identity.ChainDer), identity.PrivateKeyDer, "");
        }

        /// <summary>The one trust anchor.</summary>
        public X509Certificate Root { get; }

        /// <summary>Leaf, issuing CA and key.</summary>
        public X509Certificate2 Client { get; }
    }
}
