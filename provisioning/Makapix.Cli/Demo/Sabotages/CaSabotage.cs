using System.IO;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Cli.Demo.Sabotages;

internal sealed class CaSabotage : Sabotage
{
    public override string Check => "ca";

    public override string What => "the broker's certificate is good for clients as well";

    public override void BeforeBroker(DemoWorld world)
    {
        using var impostors = new Impostors(world);
        using var leaf = impostors.GoodForEverything();
        using var key = leaf.GetECDsaPrivateKey()!;
        File.WriteAllText(world.Folders.BrokerCertificate, $"{leaf.ExportCertificatePem()}\n{impostors.Chain[0].ExportCertificatePem()}\n");
        File.WriteAllText(world.Folders.BrokerKey, key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
