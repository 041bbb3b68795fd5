using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Makapix.Conformance;

/// <summary>The schemas of the checkout.</summary>
public static class ContractSchemas
{
    /// <summary>The root of the checkout that this was built in.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The names of all schemas.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Path.Combine(Root, "firmware/schemas"), "*.schema.json").Select(file => Path.GetFileName(file)[..^".schema.json".Length]).Order(StringComparer.Ordinal)];

    /// <summary>The file of a schema.</summary>
    public static string File(string name) => Path.Combine(Root, "firmware/schemas", $"{name}.schema.json");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Makapix.Device.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Makapix.Device.sln is in no folder above: this needs the checkout that it was built in.");
    }
}
