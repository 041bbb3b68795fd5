using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Cli.Explain;
using Makapix.Cli.Reports;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix explain</c>: what a code of an error means, and what to do.</summary>
internal static class ExplainCommand
{
    // No code is longer; what was typed is compared with all of them.
    private const int MostCharacters = 32;

    public static Command Create(CommandContext context)
    {
        var code = new Argument<ErrorCode?>("CODE")
        {
            Description = "a code, MKX-AREA-NNN; without one, all are listed",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result =>
            {
                var typed = result.Tokens[0].Value;
                if (typed.Length <= MostCharacters && ErrorCodes.Find(typed) is { } found)
                {
                    return found;
                }

                result.AddError($"'{Word.Plain(typed)}' is no code of makapix{(typed.Length <= MostCharacters ? $"; the nearest are {string.Join(", ", ErrorCodes.Nearest(typed))}" : "")}");
                return null;
            },
        };
        var json = new Option<bool>("--json") { Description = "print JSON" };
        return context.Handle(new Command("explain", "What a code of an error means, its cause, and what to do.") { code, json }, (parsed, _) =>
        {
            Write(context.Out, parsed.GetValue(code), parsed.GetValue(json));
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Write(TextWriter output, ErrorCode? code, bool json)
    {
        if (json)
        {
            output.WriteLine(code is null ? LedgerJson.Write(ErrorCodes.All) : LedgerJson.Write(code));
        }
        else if (code is null)
        {
            foreach (var area in ErrorCodes.All.GroupBy(one => one.Area))
            {
                output.WriteLine($"{area.Key}:");
                foreach (var one in area)
                {
                    output.WriteLine($"  {one.Code,-14} {one.Cause}");
                }
            }
        }
        else
        {
            output.WriteLine($"{code.Code}, {code.Area}");
            output.WriteLine($"means   {code.Means}");
            output.WriteLine($"cause   {code.Cause}");
            output.WriteLine($"next    {code.Next}");
        }
    }
}
