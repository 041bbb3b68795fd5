using System;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Line;

/// <summary>Bytes for one area of flash, in memory. Plaintext holds the device's secrets until it is encrypted in place.</summary>
internal sealed class FlashImage(string name, uint address, byte[] data, PlannedContent content) : IDisposable
{
    public string Name { get; } = name;

    public uint Address { get; } = address;

    public byte[] Data { get; } = data;

    public PlannedContent Content { get; } = content;

    public void Dispose() => CryptographicOperations.ZeroMemory(Data);
}
