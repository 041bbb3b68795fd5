using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Makapix.Provisioning.Chips;

/// <summary>
/// What a tool answered. espefuse may print a key that is not read-protected yet, so the bytes are zeroed on dispose and
/// text is made of them line by line, by those who know what they look for.
/// </summary>
public sealed class ToolResult : IDisposable
{
    private readonly byte[] _output;
    private readonly byte[] _errors;

    /// <summary>Takes over both arrays.</summary>
    /// <param name="exitCode">Exit code of the process.</param>
    /// <param name="output">Everything it wrote to stdout.</param>
    /// <param name="errors">Everything it wrote to stderr.</param>
    public ToolResult(int exitCode, byte[] output, byte[] errors)
    {
        ExitCode = exitCode;
        _output = output;
        _errors = errors;
    }

    /// <summary>Exit code of the process: 0 is success.</summary>
    public int ExitCode { get; }

    /// <summary>The bytes of stdout; zero after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Output => _output;

    /// <summary>stdout as lines without their ends. A carriage return ends a line too: progress is written over itself.</summary>
    public IEnumerable<string> Lines => Split(_output);

    /// <summary>stdout, then stderr: version 4 writes its errors to the one, version 5 to the other.</summary>
    public IEnumerable<string> AllLines => Split(_output).Concat(Split(_errors));

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_output);
        CryptographicOperations.ZeroMemory(_errors);
    }

    private static IEnumerable<string> Split(byte[] text)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny((byte)'\n', (byte)'\r');
            var end = length < 0 ? text.Length : start + length;
            if (end > start)
            {
                yield return Encoding.UTF8.GetString(text, start, end - start);
            }

            start = end + 1;
        }
    }
}
