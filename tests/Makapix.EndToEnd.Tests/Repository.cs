using System;
using System.IO;

namespace Makapix.EndToEnd.Tests;

/// <summary>The checkout that these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string[] ProjectFiles(string extension) => Array.FindAll(
        Directory.GetFiles(Root, $"*{extension}", SearchOption.AllDirectories),
        path => !path.Contains($"{Path.DirectorySeparatorChar}.tools{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Makapix.Device.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("These tests read the checkout that they were built in: Makapix.Device.sln is in no folder above them.");
    }
}
