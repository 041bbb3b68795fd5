using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Chips;

/// <summary>Reads esptool's answers, of version 4.7 and of version 5.</summary>
public static partial class EspToolOutput
{
    private const string Tool = "esptool";
    private const string Verified = "Hash of data verified.";

    /// <summary>Reads the answer to <c>flash_id</c>.</summary>
    /// <param name="lines">stdout.</param>
    /// <param name="profile">What chip it was asked of.</param>
    /// <exception cref="ChipException">A line is missing, is there twice with different values, or is not understood.</exception>
    public static ChipInspection Inspection(IEnumerable<string> lines, ChipProfile profile)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var text = lines.ToList();
        if (text.Find(l => l.Contains("doesn't appear to be", StringComparison.Ordinal)) is { } doubt)
        {
            throw new ChipException("013", $"the chip is no {profile.Title}: {ToolFailure.Clean(doubt)}.", "Use the board that the bundle was built for.");
        }

        var chip = One(text, Chip(), "the chip");
        var size = One(text, FlashSize(), "the flash size");
        return new ChipInspection(chip.Groups[1].Value, Number(chip.Groups[2]), Number(chip.Groups[3]), Address(One(text, Mac(), "the MAC address")), Bytes(Number(size.Groups[1]), size.Groups[2].Value));
    }

    /// <summary>Which board an answer is of; null if it does not tell.</summary>
    /// <param name="lines">stdout.</param>
    /// <exception cref="ChipException">It is told twice with different values, or is not understood.</exception>
    public static MacAddress? Board(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var told = lines.Where(line => Mac().IsMatch(line)).ToList();
        return told.Count == 0 ? null : Address(One(told, Mac(), "the MAC address"));
    }

    /// <summary>Checks the answer to <c>write_flash</c>: each file written whole at its address, and then found in flash by the chip's own MD5.</summary>
    /// <param name="lines">stdout.</param>
    /// <param name="files">What was to be written, by ascending address.</param>
    /// <exception cref="ChipException">A file is not confirmed.</exception>
    public static void CheckWritten(IEnumerable<string> lines, ImmutableArray<FlashFile> files)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var confirmed = 0;
        var written = false;
        foreach (var line in lines)
        {
            if (Wrote().Match(line) is { Success: true } match)
            {
                var expected = confirmed < files.Length ? files[confirmed] : null;
                written = !written
                    && Number(match.Groups[1]) == expected?.Length
                    && uint.TryParse(match.Groups[2].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var address)
                    && address == expected.Address;
                if (!written)
                {
                    throw NotVerified(confirmed, files);
                }
            }
            else if (written && line.Trim() == Verified)
            {
                confirmed++;
                written = false;
            }
        }

        if (confirmed != files.Length)
        {
            throw NotVerified(confirmed, files);
        }
    }

    private static ChipException NotVerified(int confirmed, ImmutableArray<FlashFile> files) =>
        new("008", $"esptool did not confirm the flash content at 0x{(confirmed < files.Length ? files[confirmed].Address : 0):x} ({confirmed} of {files.Length} areas verified by MD5).", "Run the command again; if it fails again, the flash of this board is bad.");

    private static Match One(List<string> lines, Regex pattern, string what)
    {
        var matches = lines.Select(l => pattern.Match(l)).Where(m => m.Success).ToList();
        return matches.Count > 0 && matches.TrueForAll(m => m.Value == matches[0].Value)
            ? matches[0]
            : throw ToolFailure.NotUnderstood(Tool, $"{what} is {(matches.Count == 0 ? "missing" : "told twice, differently")}");
    }

    private static MacAddress Address(Match told) =>
        MacAddress.TryParse(told.Groups[1].ValueSpan, out var address) ? address : throw ToolFailure.NotUnderstood(Tool, "the MAC address is damaged");

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Bytes(int number, string unit) => checked(number * (unit == "MB" ? 1024 * 1024 : 1024));

    // "Chip is ESP32-D0WD-V3 (revision v3.1)", or from version 5 "Chip type:          ESP32-C3 AZ (QFN32) (revision v0.4)".
    [GeneratedRegex(@"^Chip (?:is|type:) +(\S+(?: \S+){0,2}) \(revision v(\d{1,3})\.(\d{1,3})\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Chip();

    // A chip with a Thread radio has a MAC of eight bytes too, and tells this one as "BASE MAC".
    [GeneratedRegex(@"^(?:BASE )?MAC: +([0-9a-f:]{17})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Mac();

    [GeneratedRegex(@"^Detected flash size: (\d{1,4})(KB|MB)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex FlashSize();

    [GeneratedRegex(@"^Wrote (\d{1,9}) bytes (?:\(\d+ compressed\) )?at 0x([0-9a-f]{1,8}) in ", RegexOptions.CultureInvariant)]
    private static partial Regex Wrote();
}
