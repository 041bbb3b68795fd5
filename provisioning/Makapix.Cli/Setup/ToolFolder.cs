using System;
using System.IO;

namespace Makapix.Cli.Setup;

/// <summary>Where makapix keeps the tools that it set up itself: <c>.tools</c> of the checkout (git-ignored).</summary>
/// <param name="Root">The folder.</param>
internal sealed record ToolFolder(string Root)
{
    /// <summary>Runnable wrappers; first on PATH when started by the entry script.</summary>
    public string Bin => Path.Combine(Root, "bin");

    /// <summary>Espressif's tools, where makapix had to fetch them.</summary>
    public string Esptool => Path.Combine(Root, "esptool");

    /// <summary>The <c>.tools</c> of the checkout that this program was built in; else one of this user.</summary>
    public static ToolFolder Default() => Checkout.TryFind() is { } root
        ? new ToolFolder(Path.Combine(root, ".tools"))
        : new ToolFolder(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "makapix", "tools"));
}
