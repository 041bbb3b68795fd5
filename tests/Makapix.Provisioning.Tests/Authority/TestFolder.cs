using System;
using System.IO;
using Makapix.Testing;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>A folder of its own under the temporary one, gone with the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("makapix-authority-").FullName;

    public string At(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public string Write(string name, string content)
    {
        File.WriteAllText(At(name), content);
        return At(name);
    }

    /// <summary>Copies a folder of plain files, for a test that damages it.</summary>
    public string CopyOf(string source, string name)
    {
        Directory.CreateDirectory(At(name));
        foreach (var file in Directory.GetFiles(source))
        {
            LiveFile.Copy(file, At(name, System.IO.Path.GetFileName(file)));
        }

        return At(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
