using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Makapix.Provisioning.Chips;

/// <summary>The words of BLOCK0 as <c>espefuse dump</c> shows them. It holds every bit that decides about security, and no key.</summary>
internal sealed partial class Block0
{
    private const int WordBits = 32;
    private readonly ImmutableArray<uint> _words;

    private Block0(ImmutableArray<uint> words) => _words = words;

    /// <summary>Finds it in what espefuse wrote before the summary; null if it is not shown. Other blocks, which may be keys, become no text.</summary>
    /// <exception cref="ChipException">It is shown twice, differently.</exception>
    public static Block0? Find(ReadOnlySpan<byte> text)
    {
        Match? found = null;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line.StartsWith("BLOCK0 "u8) && Shown().Match(Encoding.ASCII.GetString(line)) is { Success: true } match)
            {
                if (found is not null && found.Value.TrimEnd() != match.Value.TrimEnd())
                {
                    throw ToolFailure.NotUnderstood(Espefuse.Tool, "BLOCK0 is shown twice, differently");
                }

                found = match;
            }
        }

        return found is null ? null : new Block0([.. found.Groups[1].Captures.Select(word => uint.Parse(word.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))]);
    }

    /// <summary>The bits of a field; null if it lies outside.</summary>
    public uint? Bits(int word, int position, int length) =>
        word >= 0 && word < _words.Length && position >= 0 && length > 0 && position + length <= WordBits
            ? (uint)(_words[word] >> position & ((1UL << length) - 1))
            : null;

    // "BLOCK0          (                ) [0 ] read_regs: 01800304 00080003 …"; "dump" for "read_regs" in version 5.
    [GeneratedRegex(@"^BLOCK0 +\( *\) \[0 \] (?:read_regs|dump):(?: ([0-9a-f]{8})){6,7}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Shown();
}
