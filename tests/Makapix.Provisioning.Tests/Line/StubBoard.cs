using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Tests.Chips;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>A board as the recorded tools tell of it, for a whole run of the line without a process: fresh, until a key is burned.</summary>
internal sealed class StubBoard : IToolRunner
{
    private const string RecordedMac = "24:0a:c4:12:34:56";
    private const int Killed = 128 + 9;
    private static int _boards;
    private bool _swapped;

    /// <summary>What was called.</summary>
    public List<ToolCommand> Calls { get; } = [];

    /// <summary>SHA-256 of all that each call wrote.</summary>
    public List<string> Flashed { get; } = [];

    /// <summary>Its eFuses, as espefuse tells them.</summary>
    public string Summary { get; set; } = Recorded.FreshSummary;

    /// <summary>Another for each: the ledger of the authority is shared.</summary>
    public MacAddress Mac { get; } = NewMac();

    /// <summary>The board that is put in its place, once the first command of a call is that; null for none.</summary>
    public string? SwapBefore { get; set; }

    /// <summary>The first command of the call whose tool fails when it has done its work and not said so; null for none.</summary>
    public string? FailsAt { get; set; }

    /// <summary>How it fails: killed.</summary>
    public ToolResult Failure { get; set; } = new(Killed, [], []);

    /// <summary>Address of the board that is put in its place.</summary>
    public MacAddress OtherMac { get; } = NewMac();

    /// <summary>The eFuses of the board that is put in its place.</summary>
    public string OtherSummary { get; set; } = Recorded.FreshSummary;

    /// <summary>The first command of each call.</summary>
    public IEnumerable<string> Words => Calls.Select(call => call.Word());

    public Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancel)
    {
        Calls.Add(command);
        _swapped |= command.Word() == SwapBefore && (SwapBefore != "summary" || Calls.Count(call => call.Word() == "summary") > 1);
        var answer = Answer(command);
        if (command.Word() == FailsAt)
        {
            return Task.FromResult(Failure);
        }

        return Task.FromResult(new ToolResult(0, Encoding.UTF8.GetBytes(answer.Replace(RecordedMac, $"{(_swapped ? OtherMac : Mac)}", StringComparison.Ordinal)), Array.Empty<byte>()));
    }

    /// <summary>Puts the first board in again, or the other for good.</summary>
    public void Put(bool other)
    {
        SwapBefore = null;
        _swapped = other;
    }

    // Of another maker than the virtual chips', which have one of their own by chance.
    private static MacAddress NewMac() => new(0x240AC5000000UL + (ulong)Interlocked.Increment(ref _boards));

    private string Answer(ToolCommand command)
    {
        switch (command.Word())
        {
            case "flash_id":
                return Recorded.FlashId;
            case "write_flash":
                return Written(command.Arguments);
            case "run":
                return $"MAC: {RecordedMac}\nHard resetting via RTS pin...\n";
            case "burn_key" when _swapped:
                OtherSummary = Recorded.ReleaseSummary;
                return Recorded.Burn;
            case "burn_key":
                Summary = Recorded.ReleaseSummary;
                return Recorded.Burn;
            default:
                return _swapped ? OtherSummary : Summary;
        }
    }

    private string Written(ImmutableArray<string> arguments)
    {
        var text = new StringBuilder($"MAC: {RecordedMac}\n");
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (address, path) in arguments.Zip(arguments.Skip(1)).Where(pair => pair.Second.EndsWith(".bin", StringComparison.Ordinal)))
        {
            all.AppendData(File.ReadAllBytes(path));
            text.Append(CultureInfo.InvariantCulture, $"Wrote {new FileInfo(path).Length} bytes (1 compressed) at 0x{Convert.ToUInt32(address, 16):x8} in 0.0 seconds (effective 1.0 kbit/s)...\nHash of data verified.\n");
        }

        Flashed.Add(Convert.ToHexString(all.GetHashAndReset()));
        return text.ToString();
    }
}
