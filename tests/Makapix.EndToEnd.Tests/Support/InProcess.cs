using System.IO;
using System.Threading.Tasks;
using Makapix.Cli;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary>
/// <c>makapix</c> without a process of its own: for what is run many times and has nothing of a process in it. That is wrong usage, of which there are
/// hundreds, and which must end before any command begins (one that began all the same would end with another code than 2); and whole demos.
/// </summary>
internal static class InProcess
{
    public static async Task<CliRun> RunAsync(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var exitCode = await new CommandLineHost(output, error).RunAsync(arguments);
        return new CliRun(string.Join(' ', arguments), exitCode, output.ToString(), error.ToString());
    }
}
