using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Makapix.Provisioning.Line.Lanes;
using Spectre.Console;

namespace Makapix.Cli.Line;

/// <summary>Shows lanes on a terminal: a line each, in the colour of what it is at.</summary>
internal sealed class LiveLanes : ILaneObserver
{
    private readonly IAnsiConsole _console;
    private readonly SortedDictionary<int, LaneView> _lanes = [];
    private LiveDisplayContext? _live;
    private string? _halted;

    public LiveLanes(IAnsiConsole console) => _console = console;

    /// <summary>Shows them for as long as <paramref name="run"/> takes.</summary>
    public Task ShowAsync(Func<Task> run) => _console.Live(Draw()).StartAsync(async live =>
    {
        _live = live;
        await run();
    });

    public void Changed(LaneView lane)
    {
        _lanes[lane.Lane] = lane;
        _live?.UpdateTarget(Draw());
    }

    public void Finished(BoardResult board)
    {
    }

    public void Halted(MakapixException why)
    {
        _halted = why.Message;
        _live?.UpdateTarget(Draw());
    }

    private Table Draw()
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("lane", "word", "port", "text");
        table.Columns[3].NoWrap = false;
        if (_lanes.Count == 0)
        {
            table.AddRow("", "", "", "no port yet: plug a board in");
        }

        foreach (var lane in _lanes.Values)
        {
            table.AddRow($"[bold]{lane.Lane,2}[/]", $"[bold {Colour(lane.Phase)}]  {LaneWords.Word(lane)}  [/]", Markup.Escape(LaneWords.Port(lane)), Markup.Escape(LaneWords.Text(lane)));
        }

        if (_halted is not null)
        {
            table.AddRow("", "[bold white on red]  HALT  [/]", "", Markup.Escape($"No more boards are taken. {_halted}"));
        }

        return table;
    }

    private static string Colour(LanePhase phase) => phase switch
    {
        LanePhase.Waiting => "black on silver",
        LanePhase.Working => "white on blue",
        LanePhase.Passed => "white on green",
        LanePhase.Failed => "white on red",
        LanePhase.Already or LanePhase.Interrupted or LanePhase.NotTaken => "black on yellow",
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };
}
