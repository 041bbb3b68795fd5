using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;

namespace Makapix.Provisioning.Line;

public sealed partial record EfusePlan
{
    /// <summary>
    /// SHA-256, lower-case hex, of what is burned: chip, cipher, blocks, fields, values and their order, and the digest of a signing key. Not of the reasons: those may be put into
    /// better words.
    /// </summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new BurnedBits(Chip.Name, Cipher.Kind, [.. Burns.Select(BurnedBits.Of)], [.. Locks.Select(BurnedBits.Of)]) { SigningKeyDigest = SigningKeyDigest },
        LineJson.Options)));
}
