using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo.Checks;

/// <summary>
/// Nothing that the line used in memory is in the scratch folder, in the journal, or in a temporary file written since the demo began.
/// The chip's own folder is silicon, and excluded by its name.
/// </summary>
internal sealed class NoSecretOnDiskCheck : IDemoCheck
{
    public string Name => "no-secret-on-disk";

    public Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var needles = Needles(world);
        var count = 0;
        foreach (var file in Files(world))
        {
            cancel.ThrowIfCancellationRequested();
            if (TryFind(needles, file) is { } found)
            {
                count++;
                if (found.Count > 0)
                {
                    throw new CheckFailedException($"in {Path.GetRelativePath(world.Folders.Root, file)}: {string.Join(", ", found)}");
                }
            }
        }

        return Task.FromResult($"device key, flash key, renewal and storage key, Wi-Fi password, CA passphrases: in none of {count} files of scratch, journal and temp (chip/ is silicon)");
    }

    private static SecretNeedles Needles(DemoWorld world)
    {
        var needles = new SecretNeedles();
        needles.AddKey("the private key", DeviceSecrets.PrivateScalar(world.Identity));
        needles.AddKey("the renewal key", world.Identity.RenewalKey);
        needles.AddKey("the storage key", world.Identity.StorageKey);
        needles.AddText("the Wi-Fi password", world.WifiPassword);
        needles.AddText("the CA passphrase", new string(world.Passphrase));
        needles.AddText("the root's passphrase", new string(world.RootPassphrase));

        // As the station held it, and as the chip does: BLOCK1 is byte-reversed.
        var key = world.ReadFlashKey();
        needles.AddKey("the flash key", key);
        Array.Reverse(key);
        needles.AddKey("the flash key", key);
        return needles;
    }

    private static IEnumerable<string> Files(DemoWorld world)
    {
        var silicon = world.Folders.Chip + Path.DirectorySeparatorChar;
        var scratch = FolderWalk.Files(world.Folders.Root).Where(file => !file.StartsWith(silicon, StringComparison.Ordinal));

        var temp = FolderWalk.Files(Path.GetTempPath())
            .Where(file => !file.StartsWith(world.Folders.Root, StringComparison.Ordinal) && File.GetLastWriteTimeUtc(file) >= world.Begun);

        // Pipes and sockets of other programs have no length, and would be waited at for ever.
        return scratch.Concat(temp).Where(file => new FileInfo(file) is { Exists: true, Length: > 0 });
    }

    // A file of somebody else may go, or be locked, between being listed and being read.
    private static IReadOnlySet<string>? TryFind(SecretNeedles needles, string file)
    {
        try
        {
            return needles.FindInFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
