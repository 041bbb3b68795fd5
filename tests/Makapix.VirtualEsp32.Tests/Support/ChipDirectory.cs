using System;
using System.IO;

namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>A scratch directory for one chip, gone when the test is.</summary>
internal sealed class ChipDirectory : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("makapix-vchip-");

    public string Path => System.IO.Path.Combine(_scratch.FullName, "chip");

    public string FlashFile => System.IO.Path.Combine(Path, "flash.bin");

    public string EfuseFile => System.IO.Path.Combine(Path, "efuse.bin");

    /// <summary>A path beside the chip.</summary>
    public string File(string name) => System.IO.Path.Combine(_scratch.FullName, name);

    public void Dispose() => _scratch.Delete(recursive: true);
}
