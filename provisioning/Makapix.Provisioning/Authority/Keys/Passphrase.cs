using System;
using System.Text;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>A passphrase, or a token's PIN, in memory that stays where it is; kept to open each key only when it is first needed.</summary>
internal sealed class Passphrase : IDisposable
{
    public const int MinLength = 8;

    private readonly char[] _text;
    private bool _disposed;

    /// <summary>A copy of <paramref name="text"/>; the caller clears its own.</summary>
    public Passphrase(ReadOnlySpan<char> text)
    {
        _text = GC.AllocateUninitializedArray<char>(text.Length, pinned: true);
        text.CopyTo(_text);
    }

    public ReadOnlySpan<char> Text => _text;

    /// <exception cref="AuthorityException">MKX-CA-002.</exception>
    public static void RequireStrength(ReadOnlySpan<char> text)
    {
        if (text.Length < MinLength)
        {
            throw new AuthorityException("002", $"the passphrase has fewer than {MinLength} characters.", "Choose a longer one; several random words are best.");
        }
    }

    /// <summary>As a token takes it; the caller zeroes it.</summary>
    /// <exception cref="ObjectDisposedException">It is gone: what is left would cost one of a token's few attempts.</exception>
    public byte[] ToUtf8()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var bytes = SecretBytes.Allocate(Encoding.UTF8.GetByteCount(_text));
        Encoding.UTF8.GetBytes(_text, bytes);
        return bytes;
    }

    public void Dispose()
    {
        _disposed = true;
        Array.Clear(_text);
    }
}
