using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Chips;

/// <summary>Turns what a failed tool said into a <see cref="ChipException"/>: its own fatal line, never its whole output.</summary>
internal static partial class ToolFailure
{
    /// <summary>The tool is not there.</summary>
    public const string MissingCode = "MKX-CHIP-001";

    /// <summary>The tool cannot be started.</summary>
    public const string NotStartedCode = "MKX-CHIP-002";

    private const int MaxText = 200;
    private const string Fatal = "A fatal error occurred: ";
    private const string Serial = "A serial exception error occurred: ";

    /// <summary>How a traceback ends when the port is gone: espefuse catches none of them, and esptool not all.</summary>
    private static readonly string[] PortGone = ["serial.serialutil.SerialException: ", "termios.error: ", "OSError: "];

    public static ChipException Of(string tool, ChipProfile chip, ChipPort port, ToolResult result)
    {
        var lines = Lines(result);
        var fatal = lines.FirstOrDefault(l => l.StartsWith(Fatal, StringComparison.Ordinal))?[Fatal.Length..]
            ?? lines.FirstOrDefault(l => l.StartsWith(Serial, StringComparison.Ordinal))?[Serial.Length..]
            ?? PortGone.Where(error => lines is [.., var last] && last.StartsWith(error, StringComparison.Ordinal)).Select(error => lines[^1][error.Length..]).FirstOrDefault();
        if (lines.Exists(l => l.Contains(" in Secure Download Mode", StringComparison.Ordinal) || l.Contains("Secure Download Mode is enabled", StringComparison.Ordinal)))
        {
            return new("019", $"the {chip.Title} at {port.Name} is in secure download mode: it takes flash, and tells neither its address nor what is burned into it.", "Nothing is left to do for a device of this line; for a new one use a fresh board.");
        }

        return fatal switch
        {
            null => new("009", $"{tool} failed with exit code {result.ExitCode}: {Clean(lines.LastOrDefault() ?? "it said nothing")}.", "Run './makapix doctor'; if it is content, try the board on another port."),
            _ when Says(fatal, "could not open") => new("010", $"port {port.Name} cannot be opened.", "Check that the board is plugged in, that no other program has the port open, and that you may use it (group dialout)."),
            _ when Says(fatal, "Wrong --chip") || Says(fatal, "This chip is ") => new("013", $"the chip at {port.Name} is no {chip.Title}: {Clean(fatal.Split(". Wrong ")[0])}.", "Use the board that the bundle was built for."),
            _ when Says(fatal, "Failed to connect") || Says(fatal, "stopped responding") || Says(fatal, "No serial data") || Says(fatal, "Invalid head of packet") || Says(fatal, "Timed out waiting for packet")
                => new("012", $"no chip answers at {port.Name}: {Clean(fatal)}.", "Unplug the board, hold BOOT while you plug it in, then run the command again."),
            _ when Says(fatal, "does not match data in flash")
                => new("008", $"esptool did not confirm the flash content: {Clean(fatal)}.", "Run the command again; if it fails again, the flash of this board is bad."),
            _ => new("005", $"{tool} failed: {Clean(fatal)}.", "Check cable and power of the board, then run the command again."),
        };
    }

    public static ChipException OfSigning(ToolResult result)
    {
        var lines = Lines(result);
        var fatal = lines.Find(l => l.StartsWith(Fatal, StringComparison.Ordinal))?[Fatal.Length..] ?? lines.LastOrDefault() ?? "it said nothing";
        return new("017", $"{Espsecure.Tool} did not put the signature behind the image: {Clean(fatal)}.", "Run './makapix doctor'; if it is content, take the image from the build again.");
    }

    public static ChipException NotUnderstood(string tool, string what) =>
        new("006", $"the answer of {tool} is not understood: {what}.", "Nothing is guessed here: run './makapix doctor' to see whether this version is supported.");

    /// <summary>Bounded, printable, and without any run of hex digits long enough to be a key.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var c in text.Take(MaxText))
        {
            clean.Append(char.IsControl(c) ? ' ' : c);
        }

        return LongHex().Replace(clean.ToString(), "…").Trim().TrimEnd('.');
    }

    private static List<string> Lines(ToolResult result) => [.. result.AllLines.Select(l => l.Trim()).Where(l => l.Length > 0)];

    private static bool Says(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("(?:[0-9a-fA-F]{2}[ :]?){11,}[0-9a-fA-F]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex LongHex();
}
