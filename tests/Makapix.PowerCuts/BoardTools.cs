using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.VirtualEsp32.Efuse;
using Makapix.VirtualEsp32.Flash;
using Makapix.VirtualEsp32.Power;

namespace Makapix.PowerCuts;

/// <summary>
/// Does to a virtual chip what esptool and espefuse do, in their order, and says what they say, without their processes: thousands of runs take minutes by it
/// instead of hours. <see cref="PowerCutCampaign.MapAsync"/> holds it against the real tools.
/// </summary>
/// <param name="board">The chip.</param>
/// <param name="secrets">Is told of each secret that passes.</param>
/// <param name="look">Is called before each call: what is on the disk then?</param>
internal sealed class BoardTools(Board board, SecretNeedles secrets, Action look) : IToolRunner
{
    private const int PageSize = NorFlash.PageSize;
    private static readonly string[] EfuseCommands = ["burn_key", "burn_efuse", "read_protect_efuse", "write_protect_efuse"];

    public Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancel)
    {
        secrets.Add(command.Secret.Span);
        look();
        board.Reset();
        return Task.FromResult(board.Answers ? Run(command) : Failed("Failed to connect to ESP32: No serial data received."));
    }

    private ToolResult Run(ToolCommand command)
    {
        try
        {
            return Said(command.Tool == "espefuse" ? Espefuse(command) : Esptool(command));
        }
        catch (PowerLostException)
        {
            return Failed("The chip stopped responding.");
        }
    }

    private string Esptool(ToolCommand command)
    {
        if (command.Arguments.Contains("flash_id"))
        {
            return $"Chip is ESP32-D0WD-V3 (revision v3.1)\nMAC: {board.Mac}\nDetected flash size: 4MB\n";
        }

        if (command.Arguments.Contains("run"))
        {
            board.Boot();
            return "";
        }

        var words = command.Arguments.SkipWhile(word => word != "write_flash").ToList();
        return string.Concat(words.Zip(words.Skip(1)).Where(pair => pair.Second.EndsWith(".bin", StringComparison.Ordinal)).Select(pair => Write(Convert.ToUInt32(pair.First, 16), File.ReadAllBytes(pair.Second))));
    }

    /// <summary>All sectors of a file are erased first, as the ROM loader does, then its pages are programmed.</summary>
    private string Write(uint address, byte[] content)
    {
        for (var at = 0u; at < content.Length; at += NorFlash.SectorSize)
        {
            board.Chip.Flash.EraseSector(address + at);
        }

        for (var at = 0; at < content.Length; at += PageSize)
        {
            board.Chip.Flash.Program(address + (uint)at, content.AsSpan(at, Math.Min(PageSize, content.Length - at)));
        }

        var written = new byte[content.Length];
        board.Chip.Flash.Read(address, written);
        var verified = written.AsSpan().SequenceEqual(content) ? "Hash of data verified.\n" : "";
        return string.Create(CultureInfo.InvariantCulture, $"Wrote {content.Length} bytes at 0x{address:x8} in 0.0 seconds...\n{verified}");
    }

    private string Espefuse(ToolCommand command)
    {
        if (command.Arguments.Contains("summary"))
        {
            return Encoding.UTF8.GetString(BoardSummary.Write(board));
        }

        // Batch mode: all blocks are burned at the end, BLOCK0, which protects the others, last.
        var blocks = Esp32Efuses.Map.Blocks.Select(block => new uint[block.Words]).ToArray();
        foreach (var (name, arguments) in Commands(command))
        {
            Take(name, arguments, command.Secret.Span, blocks);
        }

        var said = new StringBuilder();
        foreach (var block in Esp32Efuses.Map.Blocks.Reverse().Where(block => blocks[block.Index].Any(word => word != 0)))
        {
            board.Chip.Efuses.Burn(block, blocks[block.Index]);
            said.Append(CultureInfo.InvariantCulture, $"BURN BLOCK{block.Index}  - OK (all write block bits are set)\n");
        }

        return said.ToString();
    }

    private static void Take(string name, List<string> arguments, ReadOnlySpan<byte> secret, uint[][] blocks)
    {
        switch (name)
        {
            case "burn_key":
                var digest = arguments[0] == "secure_boot_v2";
                var key = secret.ToArray();
                if (!digest)
                {
                    key.AsSpan().Reverse();
                    Set(blocks, ChipProfile.ReadDisable, 1);
                }

                var block = Esp32Efuses.Map.Find(digest ? "BLOCK2" : "BLOCK1");
                Buffer.BlockCopy(key, 0, blocks[block.Block], 0, key.Length);
                Set(blocks, ChipProfile.WriteDisable, 1u << block.WriteDisableBit!.Value);
                break;
            case "burn_efuse":
                foreach (var pair in arguments.Chunk(2))
                {
                    Set(blocks, pair[0], uint.Parse(pair[1], CultureInfo.InvariantCulture));
                }

                break;
            case "read_protect_efuse":
                arguments.ForEach(field => Set(blocks, ChipProfile.ReadDisable, 1u << Esp32Efuses.Map.Find(field).ReadDisableBit!.Value));
                break;
            default:
                arguments.ForEach(field => Set(blocks, ChipProfile.WriteDisable, 1u << Esp32Efuses.Map.Find(field).WriteDisableBit!.Value));
                break;
        }
    }

    private static void Set(uint[][] blocks, string field, uint value)
    {
        var where = Esp32Efuses.Map.Find(field);
        blocks[where.Block][where.Word] |= value << where.Position;
    }

    private static IEnumerable<(string Name, List<string> Arguments)> Commands(ToolCommand command)
    {
        var words = command.Arguments.ToList();
        for (var at = words.FindIndex(EfuseCommands.Contains); at >= 0;)
        {
            var next = words.FindIndex(at + 1, EfuseCommands.Contains);
            yield return (words[at], words[(at + 1)..(next < 0 ? words.Count : next)]);
            at = next;
        }
    }

    private static ToolResult Said(string text) => new(0, Encoding.UTF8.GetBytes(text), []);

    private static ToolResult Failed(string why) => new(2, Encoding.UTF8.GetBytes($"\nA fatal error occurred: {why}\n"), []);
}
