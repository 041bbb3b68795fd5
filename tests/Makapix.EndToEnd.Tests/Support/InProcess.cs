using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Cli;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary><c>makapix</c> without a process of its own, whose start and compilation cost more than most commands: for whatever has nothing of a process in it.</summary>
internal static class InProcess
{
    private const string DescriptorOption = "-fd";

    public static Task<CliRun> RunAsync(params string[] arguments) => RunAsync(new CliStart(), arguments);

    public static async Task<CliRun> RunAsync(CliStart how, params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        string[] given = [.. arguments.Select((argument, i) => i > 0 && arguments[i - 1].EndsWith(DescriptorOption, StringComparison.Ordinal) && SecretOf(how, argument) is { } secret ? $"{SecretDescriptor.Open(secret)}" : argument)];
        var exitCode = await new CommandLineHost(output, error).RunAsync(given);
        return new CliRun(string.Join(' ', arguments), exitCode, output.ToString(), error.ToString());
    }

    private static string? SecretOf(CliStart how, string descriptor) =>
        descriptor == "0" ? how.Input
        : int.TryParse(descriptor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && how.Descriptors.TryGetValue(number, out var path) ? File.ReadAllText(path)
        : null;
}
