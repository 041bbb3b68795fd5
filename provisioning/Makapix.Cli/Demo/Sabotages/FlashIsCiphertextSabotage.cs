using System.IO;

namespace Makapix.Cli.Demo.Sabotages;

internal sealed class FlashIsCiphertextSabotage : Sabotage
{
    // Behind the deployment, where no partition is.
    private const int UnusedOffset = 0x3B_0000;

    public override string Check => "flash-is-ciphertext";

    public override string What => "the device's key stands in the flash in plaintext";

    public override void BeforeCheck(DemoWorld world)
    {
        using var flash = File.OpenWrite(world.Folders.Flash);
        flash.Position = UnusedOffset;
        flash.Write(world.Identity.PrivateKey);
    }
}
