isnamespace Makapix.Cli.Demo.Sabotages;

internal sealed class BootedFromEncryptedFlashSabotage : Sabotage
{
    public override string Check => "booted-from-encrypted-flash";

    public override string What => "one byte of the deployment'"s";

ciphertext
}
