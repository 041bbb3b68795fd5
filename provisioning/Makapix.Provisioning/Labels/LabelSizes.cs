using System.Collections.Immutable;
using System.IO;
using System.Linq;

namespace Makapix.Provisioning.Labels;

/// <summary>The sizes of label that the station knows. The files of <c>Labels/Sizes</c> are built into the program.</summary>
public static class LabelSizes
{
    private static readonly string[] Names = ["50x25", "62x29", "30x15"];

    /// <summary>Every size.</summary>
    public static ImmutableArray<LabelSize> All { get; } = [.. Names.Select(Load)];

    /// <summary>The one that is taken where none is named.</summary>
    public static LabelSize Default { get; } = All[0];

    /// <summary>The size of that name, or null.</summary>
    /// <param name="name">Its name.</param>
    public static LabelSize? Find(string name) => All.FirstOrDefault(size => size.Name == name);

    private static LabelSize Load(string name)
    {
        var resource = $"Labels/{name}.json";
        using var json = typeof(LabelSizes).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidDataException($"{resource} is not built in.");
        var size = LabelSizeDocument.Parse(json);
        return size.Name == name ? size : throw new InvalidDataException($"{resource} describes another size.");
    }
}
