using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Makapix.Device.Host.Schemas;

/// <summary>Compiles the schemas of a folder, one <c>NAME.schema.json</c> for each payload, into the C# of <c>SchemaTables</c>.</summary>
public static class SchemaCompiler
{
    private const string Extension = ".schema.json";

    /// <summary>What the device itself reads; the rest is for tools and tests on a PC.</summary>
    internal static readonly string[] OnDevice = ["command"];

    /// <summary>The source text; the same for the same schemas, everywhere.</summary>
    /// <exception cref="SchemaException">A schema is missing or not within the subset.</exception>
    public static string Compile(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, $"*{Extension}") : [];
        var compiled = files.Select(file => Path.GetFileName(file)[..^Extension.Length]).Order(StringComparer.Ordinal)
            .Select(name => Compile(name, File.ReadAllText(Path.Combine(folder, name + Extension)), OnDevice.Contains(name))).ToList();
        var missing = OnDevice.Except(compiled.Select(schema => schema.Name)).ToList();
        return missing.Count == 0
            ? SchemaSource.Write(compiled)
            : throw new SchemaException("002", $"{folder} has no {missing[0]}{Extension}.", "Name the folder firmware/schemas of a checkout.");
    }

    /// <summary>The table of one schema.</summary>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="json">Its text.</param>
    /// <exception cref="SchemaException">It is not within the subset.</exception>
    public static byte[] CompileTable(string name, string json) => Compile(name, json, captures: false).Table;

    private static CompiledSchema Compile(string name, string json, bool captures)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = SchemaParser.Parse(name, document.RootElement);
            var slots = captures ? new SchemaSlots(root) : null;
            return new CompiledSchema(name, SchemaTableWriter.Write(root, slots), slots?.Paths ?? []);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException)
        {
            throw new SchemaException("003", $"{name}{Extension}: {e.Message.TrimEnd('.')}.", "Mend the schema.", e);
        }
    }

}
