using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Images;

namespace Makapix.Cli.Demo.Checks;

/// <summary>The chip boots from what is in its flash, which is ciphertext, and hands the firmware the very identity that is online.</summary>
internal sealed class BootedFromEncryptedFlashCheck : IDemoCheck
{
    public string Name => "booted-from-encrypted-flash";

    public Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var blob = ChipBoot.Identity(world.Folders.Chip, out var encrypted);
        using var booted = IdentityBlob.Decode(blob);
        CryptographicOperations.ZeroMemory(blob);
        if (!encrypted)
        {
            throw new CheckFailedException("the chip booted with flash encryption off");
        }

        return booted.DeviceId == world.DeviceId
            ? Task.FromResult("decrypted on the way in: bootloader, partition table, nanoCLR and deployment all check out; the identity is the device's")
            : throw new CheckFailedException($"the chip booted as {booted.DeviceId}, not as {world.DeviceId}");
    }
}
