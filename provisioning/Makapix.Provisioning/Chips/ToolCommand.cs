using System;
using System.Collections.Immutable;
using System.Linq;

namespace Makapix.Provisioning.Chips;

/// <summary>One call of a tool.</summary>
/// <param name="Tool">Name without suffix: <c>esptool</c> or <c>espefuse</c>.</param>
/// <param name="Arguments">Its arguments; never a secret, since every user of the machine may read them.</param>
/// <param name="Timeout">After this the tool is killed.</param>
public sealed record ToolCommand(string Tool, ImmutableArray<string> Arguments, TimeSpan Timeout)
{
    /// <summary>An argument that stands for the file from which the tool reads <see cref="Secret"/>; the runner puts the real name in its place.</summary>
    public const string SecretFile = "\0secret";

    /// <summary>Bytes the tool reads as if from a file; they pass through a pipe and never touch a disk. The caller zeroes them.</summary>
    public ReadOnlyMemory<byte> Secret { get; init; }

    /// <summary>What may be told of <see cref="Secret"/>: some of what goes through that pipe is public.</summary>
    public string Shown { get; init; } = "secret";

    /// <summary>As a shell would have it; the place of the secret is named, and the secret never told.</summary>
    public override string ToString() => string.Join(' ', Arguments.Select(Word).Prepend(Tool));

    private string Word(string argument) =>
        argument == SecretFile ? $"<{Shown}, by a pipe>"
        : argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '=' or ',' or '+' or '@') ? argument
        : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
