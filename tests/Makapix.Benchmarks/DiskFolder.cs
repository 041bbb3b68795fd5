using System;
using System.IO;

namespace Makapix.Benchmarks;

/// <summary>A folder for a while, on a disk: in memory a commit would cost nothing.</summary>
internal sealed class DiskFolder : IDisposable
{
    /// <exception cref="BenchmarkException">Temporary files lie in memory.</exception>
    public DiskFolder()
    {
        Path = Directory.CreateTempSubdirectory("makapix-bench-").FullName;
        if (new DriveInfo(Path).DriveFormat is "tmpfs" or "ramfs")
        {
            Dispose();
            throw new BenchmarkException("temporary files lie in memory here, where a commit costs nothing. Name a folder on a disk in the variable TMPDIR.");
        }
    }

    public string Path { get; }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
