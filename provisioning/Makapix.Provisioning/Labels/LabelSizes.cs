using System.Collections.Immutable;
using Makapix.Provisioning.Schemas;

namespace Makapix.Provisioning.Labels;

/// <summary>The sizes of label that the station knows. The files of <c>Labels/Sizes</c> are built into the program.</summary>
public static class LabelSizes
{
    private static readonly EmbeddedDocuments<LabelSize> Documents = new("Labels", ["50x25", "62x29", "30x15"], LabelSizeDocument.Parse, size => size.Name);

    /// <summary>The names of all sizes.</summary>
    public static ImmutableArray<string> Names => Documents.Names;

    /// <summary>Every size.</summary>
    public static ImmutableArray<LabelSize> All => Documents.All;

    /// <summary>The one that is taken where none is named.</summary>
    public static LabelSize Default => Documents.Find(Names[0])!;

    /// <summary>The size of that name, or null.</summary>
    /// <param name="name">Its name.</param>
    public static LabelSize? Find(string name) => Documents.Find(name);
}
