using System.Collections.Generic;
using Makapix.Device.Connection;

namespace Makapix.Device.Host;

/// <summary>Remembers as long as the process lives.</summary>
internal sealed class HostStorage : IStorage
{
    private readonly Dictionary<string, byte[]> _files = [];

    public bool Exists(string name) => _files.ContainsKey(name);

    public byte[]? Read(string name) => _files.GetValueOrDefault(name);

    public bool Write(string name, byte[] data)
    {
        _files[name] = data;
        return true;
    }

    public void Delete(string name) => _files.Remove(name);
}
