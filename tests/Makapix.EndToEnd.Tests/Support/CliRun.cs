using System;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary>How a command ended, and what it said on which stream.</summary>
internal sealed partial record CliRun(string CommandLine, int ExitCode, string Output, string Error)
{
    public CliRun Succeeded()
    {
        Assert.AreEqual(0, ExitCode, ToString());
        return this;
    }

    /// <summary>Failed as CLI manners demand: the exit code, one coded line with cause and next step, no result, no stack trace.</summary>
    public CliRun Refused(int exitCode, string code)
    {
        Assert.AreEqual("", Output, ToString());
        return Failed(exitCode, code);
    }

    /// <summary>The same for a command that had a result to show before it failed.</summary>
    public CliRun Failed(int exitCode, string code)
    {
        Assert.AreEqual(exitCode, ExitCode, ToString());
        var coded = Error.Split('\n').Where(line => line.Contains("MKX-", StringComparison.Ordinal)).ToArray();
        Assert.HasCount(1, coded, ToString());
        Assert.StartsWith(code + ": ", coded[0], ToString());
        Assert.MatchesRegex(CodedLine(), coded[0], ToString());
        Assert.AreEqual(coded[0], Error.TrimEnd('\n').Split('\n')[^1], ToString());
        foreach (var trace in (string[])["   at ", "Unhandled exception", "MKX-CLI-999"])
        {
            Assert.DoesNotContain(trace, Output + Error, ToString());
        }

        return this;
    }

    public override string ToString() => $"$ makapix {CommandLine}\n=> {ExitCode}\n{Output}{Error}";

    // MKX-AREA-NNN: what happened. What to do.
    [GeneratedRegex(@"^MKX-[A-Z]+-\d{3}: \S.*[.!?/] \S.*[^ ]$")]
    private static partial Regex CodedLine();
}
