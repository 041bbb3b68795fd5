using System;
using System.IO;

namespace Makapix.Provisioning.Tests.Images;

/// <summary>A folder for one test, gone after it.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("makapix-images-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public string File(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
