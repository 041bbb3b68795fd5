using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Json.Schema;

namespace Makapix.Provisioning.Schemas;

/// <summary>A JSON Schema that is built into the program, and what it says of a document.</summary>
internal sealed class EmbeddedSchema
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly JsonSchema _schema;

    /// <param name="resource">Name of the resource.</param>
    public EmbeddedSchema(string resource)
    {
        using var stream = typeof(EmbeddedSchema).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidDataException($"{resource} is not built in.");
        using var text = new StreamReader(stream);
        _schema = JsonSchema.FromText(text.ReadToEnd());
    }

    /// <summary>Reads a document: no member twice, all as the schema says, and then as its reader makes it.</summary>
    /// <param name="json">The document.</param>
    /// <param name="what">What it is to be, for the error.</param>
    /// <param name="options">How it is spelled.</param>
    /// <param name="make">Makes of it what is used; an <see cref="ArgumentException"/> says why that cannot be.</param>
    /// <exception cref="InvalidDataException">It is none of that kind.</exception>
    public T Read<TDocument, T>(Stream json, string what, JsonSerializerOptions options, Func<TDocument, T> make)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Finding(parsed.RootElement) is { } finding
                ? throw new InvalidDataException($"Not a {what}: {finding}.")
                : make(parsed.RootElement.Deserialize<TDocument>(options)!);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"Not a {what}: {e.Message}", e);
        }
    }

    /// <summary>The first thing that is wrong with the document, with its place; null if it is as the schema says.</summary>
    public string? Finding(JsonElement document)
    {
        var results = _schema.Evaluate(document, Options);
        if (results.IsValid)
        {
            return null;
        }

        var (place, error) = (results.Details ?? [])
            .Where(detail => detail.Errors is { Count: > 0 })
            .Select(detail => (Place: detail.InstanceLocation.ToString(), Error: Words(detail.Errors!.First())))
            .FirstOrDefault((Place: "", Error: "it is not as its schema says"));
        return place.Length == 0 ? error.TrimEnd('.') : $"{place}: {error.TrimEnd('.')}";
    }

    // The library's words for a member that the schema does not know ("additionalProperties": false) name the schema, not the member.
    private static string Words(KeyValuePair<string, string> error) => error.Key.Length == 0 ? "there is no member of that name" : error.Value;
}
