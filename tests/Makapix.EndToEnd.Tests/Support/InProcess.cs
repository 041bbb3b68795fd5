using System;
using System.Collections.Generic;
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
        List<SecretDescriptor> secrets = [];
        try
        {
            string[] given = [.. arguments.Select((argument, i) => IsDescriptor(arguments, i) && how.Secret(argument) is { } secret ? Open(secret) : argument)];
            var exitCode = await new CommandLineHost(output, error).RunAsync(given);
            return new CliRun(string.Join(' ', arguments), exitCode, output.ToString(), error.ToString());
        }
        finally
        {
            secrets.ForEach(secret => secret.Dispose());
        }

        string Open(string text)
        {
            secrets.Add(new SecretDescriptor(text));
            return $"{secrets[^1].Number}";
        }
    }

    /// <summary>Whether a command has nothing that a process alone has: nor a file descriptor that is nobody's, and might be some other test's here.</summary>
    public static bool Takes(CliStart how, string[] arguments) =>
        !how.NeedsProcess && arguments.Where((_, i) => IsDescriptor(arguments, i)).All(descriptor => how.Secret(descriptor) is not null);

    private static bool IsDescriptor(string[] arguments, int i) => i > 0 && arguments[i - 1].EndsWith(DescriptorOption, StringComparison.Ordinal);
}
