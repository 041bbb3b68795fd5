using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Chips;

/// <summary>Drives the real espefuse. Nothing of ours burns an eFuse by its own protocol.</summary>
/// <param name="runner">Runs it.</param>
/// <param name="syntax">How the installed version spells its words.</param>
public sealed class Espefuse(IToolRunner runner, EspToolSyntax syntax)
{
    internal const string Tool = "espefuse";

    /// <summary>The longest that any call may take, a burn too. Whoever ends this program gives a burn that time.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Reads all eFuses: the summary, and BLOCK0 as it is, since the summary tells some numbers in words, and several numbers in the same.</summary>
    /// <exception cref="ChipException">No chip, or an answer that is not understood.</exception>
    public async Task<EfuseSummary> SummaryAsync(ChipPort port, CancellationToken cancel)
    {
        using var result = await RunAsync(port, ["dump", "summary", "--format", "json"], null, cancel);
        return EfuseSummaryReader.Read(result.Output);
    }

    /// <summary>
    /// Burns for ever. Not cancellable: to kill espefuse inside a burn is what a power cut does. The key goes through a pipe, and
    /// espefuse reads its blocks back and compares before it protects them.
    /// </summary>
    /// <exception cref="ChipException">espefuse refused or failed, or did not confirm a block; read the eFuses to learn what was burned.</exception>
    public async Task BurnAsync(ChipPort port, EfuseBurn burn)
    {
        ArgumentNullException.ThrowIfNull(burn);
        if (burn.IsEmpty)
        {
            return;
        }

        var words = ImmutableArray.CreateBuilder<string>();
        if (burn.Key is { Words: var key })
        {
            words.AddRange(syntax.Spell("burn_key"), key.Block, ToolCommand.SecretFile);
            if (key.Purpose is not null)
            {
                words.Add(key.Purpose);
            }
        }

        if (!burn.Values.IsEmpty)
        {
            words.Add(syntax.Spell("burn_efuse"));
            words.AddRange(burn.Values.SelectMany(v => new[] { v.Name, v.Value.ToString(CultureInfo.InvariantCulture) }));
        }

        Append(words, "read_protect_efuse", burn.ReadProtect);
        Append(words, "write_protect_efuse", burn.WriteProtect);
        using var result = await RunAsync(port, words.ToImmutable(), burn.Key, CancellationToken.None);
        if (EspefuseOutput.Unconfirmed(burn, result.Lines) is { } missing)
        {
            throw new ChipException("015", $"espefuse did not confirm the burn of {missing}.", "Run the command again: it reads the eFuses and says what can be done.");
        }
    }

    private void Append(ImmutableArray<string>.Builder words, string command, ImmutableArray<string> names)
    {
        if (!names.IsEmpty)
        {
            words.Add(syntax.Spell(command));
            words.AddRange(names);
        }
    }

    private async Task<ToolResult> RunAsync(ChipPort port, ImmutableArray<string> command, KeyBurn? piped, CancellationToken cancel)
    {
        var words = syntax.Espefuse(port).Add("--do-not-confirm").AddRange(command);
        var call = new ToolCommand(Tool, words, Limit);
        var result = await runner.RunAsync(piped is null ? call : call with { Secret = piped.Bytes, Shown = piped.Shown }, cancel);
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
