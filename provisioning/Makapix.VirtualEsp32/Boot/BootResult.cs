using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using Makapix.Provisioning.Images;

namespace Makapix.VirtualEsp32.Boot;

/// <summary>How a boot ended. It may hold a private key: dispose it.</summary>
public sealed class BootResult : IDisposable
{
    private readonly byte[] _identityBlob;

    internal BootResult(bool flashEncrypted, IReadOnlyList<PeFile> assemblies, byte[] identityBlob, VirtualChipException? failure)
    {
        FlashEncrypted = flashEncrypted;
        Assemblies = assemblies;
        _identityBlob = identityBlob;
        Failure = failure;
    }

    /// <summary>Why the chip does not boot; <see langword="null"/> if it does.</summary>
    public VirtualChipException? Failure { get; }

    /// <summary>Whether the firmware was reached.</summary>
    public bool Booted => Failure is null;

    /// <summary>Whether what was booted came decrypted through the cache.</summary>
    public bool FlashEncrypted { get; }

    /// <summary>The deployed assemblies in load order, both CRCs of each found right; empty without a boot.</summary>
    public IReadOnlyList<PeFile> Assemblies { get; }

    /// <summary>The identity that the firmware finds in its own assembly: 4096 bytes, blank or filled; empty without a boot, and cleared by <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> IdentityBlob => _identityBlob;

    /// <summary>Clears the identity.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_identityBlob);
}
