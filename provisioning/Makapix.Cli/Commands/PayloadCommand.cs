using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Device.Host.Schemas;
using Makapix.Device.Payloads;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix payload</c>: for whoever writes payloads.</summary>
internal static class PayloadCommand
{
    public static Command Create(CommandContext context) => new("payload", "Payloads: what the device says of them.")
    {
        Check(context),
    };

    private static Command Check(CommandContext context)
    {
        var schema = new Option<string>("--schema") { Description = "schema to hold them against; command if none is named", HelpName = "NAME" };
        schema.Validators.Add(result =>
        {
            if (!SchemaTables.Names().Contains(result.GetValueOrDefault<string>()))
            {
                result.AddError($"there is no schema {result.GetValueOrDefault<string>()}; there are {string.Join(", ", SchemaTables.Names())}");
            }
        });
        var syntaxOnly = new Option<bool>("--syntax-only") { Description = "hold them against the grammar of RFC 8259 alone" };
        var files = FilesArgument.Create("payload files");
        var command = new Command("check", "Give the device's own verdict on payload files, one line a file: accept, or reject CAUSE at BYTE.") { schema, syntaxOnly, files };
        command.Validators.Add(result =>
        {
            if (result.GetResult(schema) is not null && result.GetResult(syntaxOnly) is not null)
            {
                result.AddError("give either --schema or --syntax-only");
            }
        });
        return context.Handle(command, (parsed, _) =>
        {
            var guard = new PayloadGuard(SchemaTables.Find(parsed.GetValue(schema) ?? "command"), Random.Shared.Next());
            var verdicts = parsed.GetRequiredValue(files).Select(file => parsed.GetValue(syntaxOnly)
                ? PayloadVerdict.OfSyntax(Read(file))
                : PayloadVerdict.Of(guard, Read(file)));
            var rejected = false;
            foreach (var verdict in verdicts)
            {
                context.Out.WriteLine(verdict);
                rejected |= !verdict.IsAccepted;
            }

            return Task.FromResult(rejected ? ExitCode.Failed : ExitCode.Done);
        });
    }

    /// <summary>A file, and of one that is too large no more than shows that it is.</summary>
    private static byte[] Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CliException("041", $"there is no file {path}.", "Name files that hold one payload each.");
        }

        using var stream = File.OpenRead(path);
        var bytes = new byte[PayloadGuard.MaxPayload + 1];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
