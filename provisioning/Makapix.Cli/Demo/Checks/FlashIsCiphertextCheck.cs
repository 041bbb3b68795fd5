using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo.Checks;

/// <summary>Who desolders the flash and reads it finds no run of the private key, of its PEM, or of the Wi-Fi password.</summary>
internal sealed class FlashIsCiphertextCheck : IDemoCheck
{
    public string Name => "flash-is-ciphertext";

    public Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var needles = new SecretNeedles();
        needles.AddKey("private key", DeviceSecrets.PrivateScalar(world.Identity));
        needles.AddText("Wi-Fi password", world.WifiPassword);
        var found = needles.FindInFile(world.Folders.Flash);
        return found.Count == 0
            ? Task.FromResult($"no 16-byte run of the private key, its PEM or the Wi-Fi password in {new FileInfo(world.Folders.Flash).Length:N0} bytes of flash")
            : throw new CheckFailedException($"in flash.bin, readable by whoever takes the flash out: {string.Join(", ", found.Select(name => $"the {name}"))}");
    }
}
