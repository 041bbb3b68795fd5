using System;
using System.IO;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Storage;

/// <summary>
/// A folder that is filled beside its name, and takes it when it is whole. Gone with everything in it when it is disposed of before
/// <see cref="Keep"/>; what dies in between leaves <c>.NAME.xxxxxxxx.new</c>.
/// </summary>
internal sealed class NewFolder : IDisposable
{
    private readonly string _target;
    private readonly string _parent;
    private bool _kept;

    /// <param name="target">Full path of the folder: missing, or empty.</param>
    public NewFolder(string target)
    {
        _target = target;
        _parent = System.IO.Path.GetDirectoryName(target) ?? throw new IOException($"'{target}' is no folder that can be made.");
        Path = System.IO.Path.Combine(_parent, $".{System.IO.Path.GetFileName(target)}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.new");
        DurableFile.CreatePrivateFolder(Path);
    }

    /// <summary>Where it is now.</summary>
    public string Path { get; private set; }

    /// <summary>Gives it its name.</summary>
    public void Move()
    {
        if (Directory.Exists(_target))
        {
            Directory.Delete(_target);
        }

        Directory.Move(Path, _target);
        Path = _target;
        DurableFile.FlushFolder(_parent);
    }

    /// <summary>It stays.</summary>
    public void Keep() => _kept = true;

    public void Dispose()
    {
        if (!_kept)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
