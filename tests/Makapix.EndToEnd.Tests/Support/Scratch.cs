using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary>A folder for one test; goes with it.</summary>
internal sealed class Scratch : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("makapix-e2e-").FullName;

    /// <summary>All that is in it, by relative path.</summary>
    public IEnumerable<string> Entries => Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path)).Order();

    public string At(params string[] names) => Path.Combine([Root, .. names]);

    public string Folder(params string[] names) => Directory.CreateDirectory(At(names)).FullName;

    public string Write(string name, string content)
    {
        File.WriteAllText(At(name), content);
        return At(name);
    }

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return At(name);
    }

    /// <summary>A copy of a folder, under a name in this one.</summary>
    public string Copy(string folder, string name)
    {
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var copy = At(name, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return At(name);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
