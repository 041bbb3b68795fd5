using System;
using System.IO;

namespace Makapix.Cli;

/// <summary>The checkout that this program was built in.</summary>
internal static class Checkout
{
    /// <summary>Its root; null if the program was moved out of it.</summary>
    public static string? TryFind()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Makapix.Device.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }

    /// <exception cref="CliException">The program was moved out of it.</exception>
    public static string Find() => TryFind()
        ?? throw new CliException("040", "this makapix was not started from a checkout: Makapix.Device.sln is in no folder above it.", "Run ./makapix in a checkout.");
}
