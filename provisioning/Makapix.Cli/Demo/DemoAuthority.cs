using System.Security.Cryptography.X509Certificates;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;

namespace Makapix.Cli.Demo;

/// <summary>Certificates of the demo's CA as TLS clients present them; their keys stay in memory.</summary>
internal static class DemoAuthority
{
    public static ClientIdentity Client(TlsCredential credential)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(credential.ChainPem);
        chain.RemoveAt(0);
        return ClientIdentity.FromCertificates(credential.ToCertificate(), chain);
    }

    public static ClientIdentity Client(DeviceIdentityMaterial device) => ClientIdentity.FromDer(device.ChainDer.Span, device.PrivateKeyDer.Span);
}
