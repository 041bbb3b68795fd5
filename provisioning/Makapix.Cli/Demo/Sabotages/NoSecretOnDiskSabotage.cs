using System.IO;
using System.Security.Cryptography;

namespace Makapix.Cli.Demo.Sabotages;

internal sealed class NoSecretOnDiskSabotage : Sabotage
{
    public override string Check => "no-secret-on-disk";

    public override string What => "the station leaves the device's key in its state folder, as PEM";

    public override void BeforeCheck(DemoWorld world) =>
        File.WriteAllText(Path.Combine(world.Folders.State, "debug.log"), PemEncoding.WriteString("EC PRIVATE KEY", world.Identity.PrivateKey));
}
