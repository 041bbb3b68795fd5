using System;
using System.IO;

namespace Makapix.Testing;

/// <summary>Copies of files that somebody may be working with.</summary>
public static class LiveFile
{
    /// <summary>Copies a file, unless it is one of SQLite's own and has passed meanwhile: those are there for as long as somebody reads.</summary>
    public static void Copy(string file, string copy)
    {
        try
        {
            File.Copy(file, copy);
        }
        catch (FileNotFoundException) when (file.EndsWith("-shm", StringComparison.Ordinal) || file.EndsWith("-wal", StringComparison.Ordinal))
        {
            // Another test has just ended reading.
        }
    }
}
