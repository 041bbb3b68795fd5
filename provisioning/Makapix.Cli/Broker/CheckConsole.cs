using System.Collections.Generic;
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
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(context.Out) });
        console.Profile.Width = CheckTable.Width;
        console.Write(CheckTable.Of(all));
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
