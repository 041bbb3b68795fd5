using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Makapix.Provisioning.Images;

namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>The images of a demo bundle for one device, and their way into a chip's flash without a line.</summary>
internal sealed class DemoBundleImages : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("makapix-bundle-");

    public DemoBundleImages()
    {
        var directory = Path.Combine(_scratch.FullName, "bundle");
        DemoBundle.Create(directory);
        IdentityBlob = SampleIdentity.Encode();
        Images = FirmwareBundle.Load(directory).BuildImages(IdentityBlob);
    }

    public byte[] IdentityBlob { get; }

    public IReadOnlyList<FlashImage> Images { get; }

    public uint DeployAddress => Images[^1].Address;

    /// <summary>Writes all images.</summary>
    /// <param name="chip">A fresh chip.</param>
    /// <param name="key">Encrypts them; null leaves them as they are.</param>
    /// <param name="table">Another partition table.</param>
    /// <param name="flipped">An address at which one bit of what is written is flipped.</param>
    public void Write(VirtualChip chip, byte[]? key, byte[]? table = null, uint? flipped = null)
    {
        using var cipher = key is null ? null : new Esp32FlashCipher(key);
        foreach (var image in Images)
        {
            var content = table is not null && image.Name == "partition-table" ? table : image.Bytes.ToArray();
            cipher?.Encrypt(content, image.Address);
            if (flipped - image.Address is { } at && at < content.Length)
            {
                content[at] ^= 1;
            }

            chip.Flash.Program(image.Address, content);
        }
    }

    public void Dispose()
    {
        foreach (var image in Images)
        {
            image.Dispose();
        }

        _scratch.Delete(recursive: true);
    }
}
