using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Line.Lanes;

namespace Makapix.Cli.Commands;

/// <summary>What <c>makapix device provision</c> takes for several ports at a time.</summary>
internal sealed class LaneOptions
{
    private const string All = "all";
    private const int MostBoards = 100_000;

    private readonly Option<string?> _ports = new("--ports")
    {
        Description = "several ports at a time, a board whenever one is plugged in: all, or PORT,PORT,…",
        HelpName = "PORTS",
    };

    private readonly Option<int?> _count = new("--count")
    {
        Description = "with --ports: end when so many boards are devices; without it, with Ctrl-C",
        HelpName = "N",
        CustomParser = result => NumberArgument.Decimal(result, 1, MostBoards),
    };

    private readonly Option<string?> _csv = new("--csv") { Description = "with --ports: a row for each board, at the end of a CSV file of the shift", HelpName = "FILE" };

    /// <param name="command">Gets the options.</param>
    /// <param name="port">What stands for one board; either is given.</param>
    /// <param name="onlyOne">What is for one board alone.</param>
    public void AddTo(Command command, Option port, params Option[] onlyOne)
    {
        command.Options.Add(_ports);
        command.Options.Add(_count);
        command.Options.Add(_csv);
        _ports.Validators.Add(result =>
        {
            if (result.Tokens[0].Value.Split(',').Any(string.IsNullOrWhiteSpace))
            {
                result.AddError("--ports takes all, or names of ports with one comma between two");
            }
        });
        command.Validators.Add(result =>
        {
            if (Conflict(result, port, onlyOne) is { } conflict)
            {
                result.AddError(conflict);
            }
        });
    }

    /// <summary>Sees the boards; null for one board at one port.</summary>
    /// <exception cref="Provisioning.Chips.ChipException">One of the ports is none.</exception>
    /// <exception cref="LineException">One port is named twice.</exception>
    public IPortWatch? WatchOf(ParseResult parsed) => parsed.GetValue(_ports) switch
    {
        null => null,
        All => PortWatches.OfThisMachine(),
        var names => new NamedPortWatch(names.Split(',', StringSplitOptions.TrimEntries), PortWatches.OfThisMachine()),
    };

    /// <summary>How many devices are wanted; null: as many as boards come.</summary>
    public int? CountOf(ParseResult parsed) => parsed.GetValue(_count);

    /// <summary>The file of the shift; null for none.</summary>
    public string? CsvOf(ParseResult parsed) => parsed.GetValue(_csv);

    private string? Conflict(CommandResult given, Option port, Option[] onlyOne) => (given.GetResult(port), given.GetResult(_ports)) switch
    {
        (null, null) => $"{port.Name} is missing: give it, or --ports for several boards at a time",
        (not null, not null) => $"give {port.Name} or --ports, and not both",
        (not null, null) when (given.GetResult(_count) ?? given.GetResult(_csv)) is { } lonely => $"{lonely.Option.Name} needs --ports",
        (null, not null) when Array.Find(onlyOne, option => given.GetResult(option) is { Implicit: false }) is { } single => $"{single.Name} is for one board: give {port.Name}",
        _ => null,
    };
}
