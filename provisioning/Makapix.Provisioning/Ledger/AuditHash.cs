using System;
using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Makapix.Provisioning.Ledger;

/// <summary>
/// The links of the chain. What is hashed is the previous hash and the entry's columns, as <see cref="HashedFields"/>.
/// </summary>
/// <remarks>One instance hashes one chain, on one thread.</remarks>
public sealed class AuditHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private const string Purpose = "makapix-ledger-1";

    private readonly HashedFields _fields = new();

    /// <summary>What stands before the first entry: a hash of the ledger's own id, so that no entry of one ledger fits into another.</summary>
    /// <param name="ledger">The ledger's id.</param>
    public static byte[] Genesis(Guid ledger)
    {
        var fields = new HashedFields();
        fields.Put(Encoding.UTF8.GetBytes(Purpose));
        fields.Put(Encoding.UTF8.GetBytes(ledger.ToString("D")));
        return SHA256.HashData(fields.Bytes);
    }

    /// <summary>The hash of an entry.</summary>
    /// <param name="previous">The hash of the entry before it, or <see cref="Genesis"/>.</param>
    /// <param name="seq">Its number.</param>
    /// <param name="at">Milliseconds since 1970, UTC.</param>
    /// <param name="actor">Who wrote it.</param>
    /// <param name="type">What kind of thing happened.</param>
    /// <param name="subject">What it happened to.</param>
    /// <param name="data">All about it, as JSON.</param>
    /// <param name="hash">Where it goes; may be where <paramref name="previous"/> is.</param>
    public void Next(ReadOnlySpan<byte> previous, long seq, long at, string actor, string type, string subject, string data, Span<byte> hash) =>
        Next(previous, seq, at, Encoding.UTF8.GetBytes(actor), Encoding.UTF8.GetBytes(type), Encoding.UTF8.GetBytes(subject), Encoding.UTF8.GetBytes(data), hash);

    /// <summary>The hash of an entry whose texts are at hand as they are stored, in UTF-8.</summary>
    internal void Next(ReadOnlySpan<byte> previous, long seq, long at, ReadOnlySpan<byte> actor, ReadOnlySpan<byte> type, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> data, Span<byte> hash)
    {
        _fields.Clear();
        _fields.Put(previous);
        _fields.Put(seq);
        _fields.Put(at);
        _fields.Put(actor);
        _fields.Put(type);
        _fields.Put(subject);
        _fields.Put(data);
        SHA256.HashData(_fields.Bytes, hash);
    }

    /// <summary>Reads a hash as the table has it.</summary>
    /// <param name="text">Hexadecimal.</param>
    /// <param name="hash">Where it goes.</param>
    /// <returns>False if it is none.</returns>
    public static bool TryParse(string text, Span<byte> hash) =>
        text.Length == 2 * Length && Convert.FromHexString(text, hash, out _, out _) == OperationStatus.Done;

    /// <inheritdoc cref="TryParse(string, Span{byte})"/>
    internal static bool TryParse(ReadOnlySpan<byte> text, Span<byte> hash) =>
        text.Length == 2 * Length && Convert.FromHexString(text, hash, out _, out _) == OperationStatus.Done;
}
