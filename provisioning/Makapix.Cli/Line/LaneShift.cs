using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Line.Lanes;
using Spectre.Console;

namespace Makapix.Cli.Line;

/// <summary>A shift at several ports: lanes, and what is shown and written of them.</summary>
/// <param name="context">Where it is shown.</param>
internal sealed class LaneShift(CommandContext context)
{
    /// <summary>How many devices are wanted; null: as many as boards come.</summary>
    public int? Count { get; init; }

    /// <summary>The file of the shift; null for none.</summary>
    public string? Csv { get; init; }

    /// <summary>Whether stdout gets an object for each board.</summary>
    public bool Json { get; init; }

    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public async Task RunAsync(IBoardRunner runner, IPortWatch watch, CancellationToken cancel)
    {
        using var csv = Csv is null ? null : ShiftCsv.Open(Csv);
        var live = IsLive() ? new LiveLanes(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) })) : null;
        var record = new ShiftRecord(live ?? (ILaneObserver)new PlainLanes(context.Error), csv, live is null || Console.IsOutputRedirected ? Print : null);
        var line = new ParallelLine(runner, watch, record, TimeProvider.System) { Count = Count };
        try
        {
            await (live is null ? line.RunAsync(cancel) : live.ShowAsync(() => line.RunAsync(cancel)));
        }
        finally
        {
            context.Error.WriteLine(record.Summary);
        }
    }

    private void Print(BoardResult board) => context.Out.WriteLine(Json ? board.ToJson() : $"lane {board.Lane} {LaneWords.Word(board.Result)} {LaneWords.Result(board)}");

    // Two that write on one terminal would write over each other.
    private bool IsLive() => !Console.IsErrorRedirected && (!Json || Console.IsOutputRedirected);
}
