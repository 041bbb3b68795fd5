using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Chips;

/// <summary>Drives the real esptool. Every answer is read into a type; what is not understood is an error.</summary>
/// <param name="runner">Runs it.</param>
/// <param name="syntax">How the installed version spells its words.</param>
public sealed class EspTool(IToolRunner runner, EspToolSyntax syntax)
{
    private const string Tool = "esptool";
    private static readonly TimeSpan ShortCall = TimeSpan.FromSeconds(60);

    /// <summary>At 115,200 baud, the slowest any board is written at, less some for the erase.</summary>
    private const int SlowestBytesPerSecond = 8_000;

    /// <summary>Asks the installed esptool for its version.</summary>
    /// <exception cref="ChipException">It is not there, is older than <see cref="EspToolVersion.Oldest"/>, or is no esptool.</exception>
    public static async Task<EspToolVersion> VersionAsync(IToolRunner runner, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(runner);
        using var result = await runner.RunAsync(new ToolCommand(Tool, ["version"], ShortCall), cancel);
        var version = EspToolVersion.FromBanner(result.Lines) ?? throw ToolFailure.NotUnderstood(Tool, "it does not tell its version");
        return version.CompareTo(EspToolVersion.Oldest) >= 0
            ? version
            : throw new ChipException("007", $"esptool {version} is too old.", $"Install {EspToolVersion.Oldest} or newer: './makapix doctor' says how.");
    }

    /// <summary>What chip is at <paramref name="port"/>, and how large its flash is.</summary>
    /// <exception cref="ChipException">No port, no chip, another chip, or an answer that is not understood.</exception>
    public async Task<ChipInspection> InspectAsync(ChipPort port, CancellationToken cancel)
    {
        using var result = await RunAsync(port, ShortCall, ["flash_id"], cancel);
        return EspToolOutput.Inspection(result.Lines, syntax.Chip);
    }

    /// <summary>Writes all <paramref name="files"/> in one call, and has the chip compute the MD5 of each from its flash.</summary>
    /// <param name="port">Where the chip is.</param>
    /// <param name="files">What goes where.</param>
    /// <param name="encrypts">
    /// Whether the chip decrypts its flash for ever already, and the files are its ciphertext. esptool, which cannot tell that from plaintext, must be told to go on.
    /// </param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Which board it was done to; null for a chip that does not tell (secure download mode).</returns>
    /// <exception cref="ChipException">A write failed, or not every file was confirmed by the chip.</exception>
    public async Task<MacAddress?> WriteFlashAsync(ChipPort port, ImmutableArray<FlashFile> files, bool encrypts, CancellationToken cancel)
    {
        var ordered = files.OrderBy(f => f.Address).ToImmutableArray();
        var time = ShortCall + TimeSpan.FromSeconds(ordered.Sum(f => (double)f.Length) / SlowestBytesPerSecond);

        // Compressed, so that erased areas cost nothing on the line. "keep": nothing of an image's header is to be patched.
        string[] words = [syntax.Spell("write_flash"), "--compress", syntax.Spell("--flash_mode"), "keep", syntax.Spell("--flash_freq"), "keep", syntax.Spell("--flash_size"), "keep", .. encrypts ? ["--force"] : Array.Empty<string>()];
        using var result = await RunAsync(port, time, [.. words, .. ordered.SelectMany(f => new[] { $"0x{f.Address:x}", f.Path })], cancel);
        EspToolOutput.CheckWritten(result.Lines, ordered);
        return EspToolOutput.Board(result.Lines);
    }

    /// <summary>Lets the chip boot from its flash: by esptool's <c>run</c>, and by the reset after it where the port can do one.</summary>
    /// <returns>Which board it was; null for a chip that does not tell (secure download mode).</returns>
    /// <exception cref="ChipException">No port, no chip, or another chip.</exception>
    public async Task<MacAddress?> BootAsync(ChipPort port, CancellationToken cancel)
    {
        using var result = await RunAsync(port, ShortCall, ["run"], cancel);
        return EspToolOutput.Board(result.Lines);
    }

    private async Task<ToolResult> RunAsync(ChipPort port, TimeSpan time, ImmutableArray<string> command, CancellationToken cancel)
    {
        var words = syntax.Esptool(port).AddRange(command.Select((word, i) => i == 0 ? syntax.Spell(word) : word));
        var result = await runner.RunAsync(new ToolCommand(Tool, words, time), cancel);
        if (result.ExitCode == 0)
        {
            return result;
        }

        using (result)
        {
            throw ToolFailure.Of(Tool, syntax.Chip, port, result);
        }
    }
}
