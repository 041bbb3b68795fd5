using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Tests.Line;

namespace Makapix.Provisioning.Tests.Chips;

/// <summary>The eFuses of one chip that is not there: the real espefuse, driven as for a board, in the mode in which it keeps them in a file (<c>--virt</c>).</summary>
internal sealed class VirtualEfuses : IToolRunner, IDisposable
{
    private static readonly ChipPort Port = ChipPort.Parse("socket://127.0.0.1:1");

    // What nobody has fused is the same for every chip of a kind; each look at it would be a process of its own.
    private static readonly ConcurrentDictionary<string, Lazy<Task<EfuseSummary>>> Fresh = new();

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("makapix-efuses-");
    private readonly ProcessToolRunner _real = new();

    private readonly ChipProfile _chip;

    private string? _json;

    private VirtualEfuses(ChipProfile chip, EspToolVersion version)
    {
        _chip = chip;
        Espefuse = new EspTools(this, version).For(chip).Espefuse;
    }

    /// <summary>The driver under test.</summary>
    public Espefuse Espefuse { get; }

    /// <summary>What espefuse was told, in the words of the driver.</summary>
    public List<ToolCommand> Calls { get; } = [];

    /// <summary>Whether keys stay readable: what a burn leaves that lost its power before BLOCK0.</summary>
    public bool LeaveKeysOpen { get; set; }

    /// <summary>A chip that nobody has fused.</summary>
    public static async Task<VirtualEfuses> FreshAsync(ChipProfile chip) => new(chip, await Workshop.ToolVersion);

    public Task<EfuseSummary> ReadAsync() => Calls.Count > 0 ? SummaryAsync() : Fresh.GetOrAdd(_chip.Name, _ => new Lazy<Task<EfuseSummary>>(SummaryAsync)).Value;

    /// <summary>Burns, and reads the summary as espefuse itself has it, in the same call.</summary>
    public async Task<JsonObject> BurnAndReadJsonAsync(EfuseBurn burn)
    {
        _json = "";
        await BurnAsync(burn);
        return JsonNode.Parse(_json[_json.IndexOf("\n{", StringComparison.Ordinal)..])!.AsObject();
    }

    public Task BurnAsync(EfuseBurn burn) => Espefuse.BurnAsync(Port, burn);

    public async Task BurnAsync(IEnumerable<EfuseBurn> burns)
    {
        foreach (var burn in burns)
        {
            await BurnAsync(burn);
        }
    }

    public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancel)
    {
        Calls.Add(command);
        var words = command.Arguments.ToList();
        var port = words.IndexOf("--port");
        words.RemoveRange(port, 4);
        words.InsertRange(port, ["--virt", "--path-efuse-file", Path.Combine(_scratch.FullName, "efuses")]);
        if (LeaveKeysOpen && words.IndexOf("burn_key") is var key and >= 0)
        {
            words.InsertRange(key + 1, words[key + 1] == "flash_encryption" ? ["--no-protect-key"] : ["--no-read-protect", "--no-write-protect"]);
        }

        if (_json is not null)
        {
            words.AddRange(["summary", "--format", "json"]);
        }

        var result = await _real.RunAsync(command with { Arguments = [.. words] }, cancel);
        _json = _json is null ? null : Encoding.UTF8.GetString(result.Output.Span);
        return result;
    }

    public void Dispose() => _scratch.Delete(recursive: true);

    private Task<EfuseSummary> SummaryAsync() => Espefuse.SummaryAsync(Port, CancellationToken.None);
}
