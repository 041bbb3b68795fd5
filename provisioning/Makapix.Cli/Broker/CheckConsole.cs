using System.Collections.Generic;
using System.IO;
using System.Linq;
using Makapix.Provisioning.Broker.Check;
using Spectre.Console;

namespace Makapix.Cli.Broker;

/// <summary>Shows what came of a check.</summary>
internal static class CheckConsole
{
    /// <summary>The table, then what each attack does.</summary>
    public static void Show(CommandContext context, IReadOnlyCollection<CheckFigures> all)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = CheckTable.Width;
        console.Write(CheckTable.Of(all));
        foreach (var line in text.ToString().Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            // The border of a table in Markdown has a line above and below that is blanks alone.
            context.Out.WriteLine(line.TrimEnd());
        }

        context.Out.WriteLine();
        foreach (var (name, what) in all.Select(one => (one.Attack, one.What)).Distinct())
        {
            context.Out.WriteLine($"{name,-CheckTable.NameWidth} {what}");
        }
    }

    /// <summary>A line for each bound that the kit breaks, on stderr.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool ShowBroken(CommandContext context, IReadOnlyCollection<CheckFigures> all)
    {
        var broken = all.Where(one => one.Target == CheckOptions.Kit).SelectMany(one => one.Broken.Select(bound => $"{one.Attack}: {bound}")).ToArray();
        foreach (var line in broken)
        {
            context.Error.WriteLine($"✗ {line}");
        }

        return broken.Length > 0;
    }
}
