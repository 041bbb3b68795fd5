namespace Makapix.Cli.Demo.Sabotages;

internal sealed class BootedFromEncryptedFlashSabotage : Sabotage
{
    // Inside the identity assembly, the first of the deployment.
    private const int Offset = 0x1E_0000 + 1000;

    public override string Check => "booted-from-encrypted-flash";

    public override string What => "one bit of the deployment's ciphertext is flipped";

    public override void BeforeCheck(DemoWorld world) => SiliconFile.FlipBit(world.Folders.Flash, Offset, 0);

    public override void AfterCheck(DemoWorld world) => SiliconFile.FlipBit(world.Folders.Flash, Offset, 0);
}
