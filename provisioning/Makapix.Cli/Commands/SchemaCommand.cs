using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using Makapix.Device.Host.Schemas;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix schema</c>: the contract of the payloads.</summary>
internal static class SchemaCommand
{
    private const string Table = "firmware/Makapix.Device/Payloads/SchemaTables.cs";

    public static Command Create(CommandContext context) => new("schema", "The payload schemas in firmware/schemas.")
    {
        Compile(context),
    };

    private static Command Compile(CommandContext context)
    {
        var check = new Option<bool>("--check") { Description = "write nothing; fail if the committed table is not that of the schemas" };
        var command = new Command("compile", $"Compile firmware/schemas into the table that the device enforces ({Table}).") { check };
        return context.Handle(command, (parsed, _) =>
        {
            var root = Checkout.Find();
            var source = SchemaCompiler.Compile(Path.Combine(root, "firmware/schemas"));
            var target = Path.Combine(root, Table);
            if (File.Exists(target) && File.ReadAllText(target) == source)
            {
                context.Out.WriteLine($"{Table} is current");
                return Task.FromResult(ExitCode.Done);
            }

            if (parsed.GetValue(check))
            {
                throw new SchemaException("004", $"{Table} is not what firmware/schemas compiles to.", "Run: ./makapix schema compile");
            }

            File.WriteAllText(target, source);
            context.Out.WriteLine($"{Table} written");
            return Task.FromResult(ExitCode.Done);
        });
    }
}
