using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;

namespace Makapix.Provisioning.Schemas;

/// <summary>
/// Documents of one kind that are built into the program, each in a file of its name. Each is read when it is first asked for, since most commands need
/// none, and a schema takes longer to read than all else at their start.
/// </summary>
internal sealed class EmbeddedDocuments<T>
    where T : class
{
    private readonly Dictionary<string, Lazy<T>> _byName;

    /// <param name="folder">Where they are among the resources.</param>
    /// <param name="names">Of which there are.</param>
    /// <param name="parse">Reads one.</param>
    /// <param name="name">The name that a document itself tells.</param>
    public EmbeddedDocuments(string folder, ImmutableArray<string> names, Func<Stream, T> parse, Func<T, string> name)
    {
        Names = names;
        _byName = names.ToDictionary(one => one, one => new Lazy<T>(() => Read($"{folder}/{one}.json", one, parse, name)));
    }

    /// <summary>Of which there are.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Every document.</summary>
    public ImmutableArray<T> All => [.. Names.Select(name => _byName[name].Value)];

    /// <summary>The one of that name, or null.</summary>
    public T? Find(string name) => _byName.GetValueOrDefault(name)?.Value;

    private static T Read(string resource, string name, Func<Stream, T> parse, Func<T, string> nameOf)
    {
        using var json = typeof(EmbeddedDocuments<T>).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidDataException($"{resource} is not built in.");
        var document = parse(json);
        return nameOf(document) == name ? document : throw new InvalidDataException($"{resource} describes another.");
    }
}
