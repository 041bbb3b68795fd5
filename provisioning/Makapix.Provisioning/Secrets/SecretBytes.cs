using System;

namespace Makapix.Provisioning.Secrets;

/// <summary>
/// Memory for secrets: pinned, since the collector moves other arrays when it compacts and leaves their old bytes behind, where no zeroing
/// reaches them. Whoever allocates it zeroes it.
/// </summary>
public static class SecretBytes
{
    /// <summary>Bytes that stay where they are, all zero.</summary>
    /// <param name="length">How many.</param>
    public static byte[] Allocate(int length) => GC.AllocateArray<byte>(length, pinned: true);

    /// <summary>A copy that stays where it is.</summary>
    /// <param name="secret">What is copied.</param>
    public static byte[] Copy(ReadOnlySpan<byte> secret)
    {
        var copy = GC.AllocateUninitializedArray<byte>(secret.Length, pinned: true);
        secret.CopyTo(copy);
        return copy;
    }
}
