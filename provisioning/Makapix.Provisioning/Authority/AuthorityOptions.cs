using System;
using System.Security.Cryptography;
using Makapix.Provisioning.Authority.Keys;

namespace Makapix.Provisioning.Authority;

/// <summary>What the authority takes from the world around it.</summary>
public sealed record AuthorityOptions
{
    /// <summary>The clock that validity and revocation times come from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where serial numbers come from. Keys always come from the platform's own generator.</summary>
    public RandomNumberGenerator SerialSource { get; init; } = RandomNumberGenerator.Create();

    /// <summary>How long to wait for another process that is writing to the same authority; a write takes milliseconds, on a machine that is too busy many seconds; who gives up early has nothing of it.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>PBKDF2 rounds of new key files. Only tests lower it: nothing outside this assembly can.</summary>
    internal int KeyRounds { get; init; } = FileKeyStore.Rounds;

    /// <summary>Called before each step that changes the disk, with its name. Tests throw from it, to be the power cut.</summary>
    internal Action<string>? BeforeWrite { get; init; }

    /// <summary>Called before a CA key is opened or made, which takes long. Tests look from it who is kept waiting.</summary>
    internal Action? BeforeKey { get; init; }
}
