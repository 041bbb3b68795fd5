using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using Makapix.Cli.Broker;
using Makapix.Cli.Setup;
using Makapix.Provisioning.Broker.Check;

namespace Makapix.Cli.Commands;

internal static partial class BrokerCommand
{
    private const int DefaultSeconds = 20;

    private static Command Check(CommandContext context)
    {
        var only = new Option<string[]>("--only")
        {
            Description = "attacks, with commas between, instead of all; an unknown one is answered with their names",
            HelpName = "A,B",
            DefaultValueFactory = _ => [],
            CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(','))],
            Arity = ArgumentArity.OneOrMore,
        };
        var target = new Option<string?>("--target")
        {
            Description = "stock or kit, instead of one after the other",
            HelpName = "NAME",
            CustomParser = ParseTarget,
            Arity = ArgumentArity.ExactlyOne,
        };
        var seconds = NumberArgument.Option("--seconds", "S", "how long each attack goes on", DefaultSeconds, CheckOptions.MaxSeconds);
        var json = new Option<bool>("--json") { Description = "print one JSON object for each attack and target instead of the table" };
        const string What = "Attack stock mosquitto and the kit, both started on loopback for it, while legitimate players connect. Answers 1 if the kit breaks a bound.";
        return context.Handle(new Command("check", What) { only, target, seconds, json }, async (parsed, cancel) =>
        {
            var options = new CheckOptions
            {
                Only = [.. parsed.GetRequiredValue(only)],
                Targets = parsed.GetValue(target) is { } one ? [one] : [CheckOptions.Stock, CheckOptions.Kit],
                Length = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            };
            BrokerCheck.Require(options);
            await new ToolSetup(context).EnsureKitAsync(cancel);
            var all = new List<CheckFigures>();
            await foreach (var figures in BrokerCheck.RunAsync(options, (attack, name) => context.Error.WriteLine($"{attack}, {name} …"), cancel))
            {
                all.Add(figures);
                if (parsed.GetValue(json))
                {
                    context.Out.WriteLine(figures.ToJson());
                }
            }

            if (!parsed.GetValue(json))
            {
                CheckConsole.Show(context, all);
            }

            return CheckConsole.ShowBroken(context, all) ? ExitCode.Failed : ExitCode.Done;
        });
    }

    private static string ParseTarget(ArgumentResult result)
    {
        var name = result.Tokens[0].Value;
        if (name is not (CheckOptions.Stock or CheckOptions.Kit))
        {
            result.AddError($"--target takes {CheckOptions.Stock} or {CheckOptions.Kit}, not '{name}'");
        }

        return name;
    }
}
