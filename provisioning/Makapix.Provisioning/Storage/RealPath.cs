using System;
using System.IO;

namespace Makapix.Provisioning.Storage;

/// <summary>Where a path really leads: two paths that look different may be one folder.</summary>
internal static class RealPath
{
    // As many as Linux follows (path_resolution(7)).
    private const int MaxLinks = 40;

    /// <summary>How this system compares names of files.</summary>
    public static readonly StringComparison Comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>The full path, without a symbolic link in it, also of what is not there yet, and without a separator at its end.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string path)
    {
        var links = 0;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    private static string Resolve(string full, ref int links)
    {
        var real = Path.GetPathRoot(full)!;
        foreach (var name in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException($"The symbolic links in '{full}' lead in a circle.");
            }

            real = Resolve(Path.GetFullPath(target, real), ref links);
        }

        return real;
    }
}
