namespace Makapix.Cli.Demo.Sabotages;

internal sealed class FlashIsCiphertextSabotage : Sabotage
{
    // Behind the deployment, where no partition is.
    private const int UnusedOffset = 0x3B_0000;

    public override string Check => "flash-is-ciphertext";

    public override string What => "the device's key stands in the flash in plaintext";

    public override void BeforeCheck(DemoWorld world) => SiliconFile.Write(world.Folders.Flash, UnusedOffset, world.Identity.PrivateKey);
}
