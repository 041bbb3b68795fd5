using System;
using System.IO;

namespace Makapix.Provisioning.Chips;

/// <summary>Finds a tool on PATH.</summary>
public static class ToolPath
{
    /// <summary>The full path of <paramref name="tool"/>, or null. Relative entries of PATH are passed over: they would run what lies in the current folder.</summary>
    /// <param name="tool">Name without suffix; <c>NAME.py</c>, as pip installs version 4, is taken too.</param>
    /// <param name="searchPath">Folders, separated as PATH is.</param>
    public static string? Find(string tool, string searchPath)
    {
        string[] names = OperatingSystem.IsWindows() ? [$"{tool}.exe"] : [tool, $"{tool}.py"];
        foreach (var folder in searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Path.IsPathFullyQualified(folder))
            {
                continue;
            }

            foreach (var name in names)
            {
                var path = Path.Combine(folder, name);
                if (File.Exists(path) && IsExecutable(path))
                {
                    return path;
                }
            }
        }

        return null;
    }

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
