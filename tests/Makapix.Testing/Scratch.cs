using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Makapix.Testing;

/// <summary>A folder for one test; goes with it.</summary>
public sealed class Scratch : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("makapix-test-").FullName;

    /// <summary>All that is in it, by relative path.</summary>
    public IEnumerable<string> Entries => Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path)).Order();

    /// <summary>A path in it, of something that need not be there.</summary>
    public string At(params string[] names) => Path.Combine([Root, .. names]);

    /// <summary>A folder in it.</summary>
    /// <returns>Its path.</returns>
    public string Folder(params string[] names) => Directory.CreateDirectory(At(names)).FullName;

    /// <summary>Writes a text file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string content)
    {
        File.WriteAllText(At(name), content);
        return At(name);
    }

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return At(name);
    }

    /// <summary>A copy of a folder, under a name in this one; without locks, which are held by whoever works there, and empty.</summary>
    /// <returns>Its path.</returns>
    public string Copy(string folder, string name)
    {
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !Path.GetDirectoryName(file)!.EndsWith(".locks", StringComparison.Ordinal)))
        {
            var copy = At(name, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            LiveFile.Copy(file, copy);
        }

        return At(name);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
