using System.Collections.Generic;
using System.IO;
using System.IO.Enumeration;

namespace Makapix.Cli.Demo;

/// <summary>
/// Every file below a folder, links not followed. What goes away or may not be read on the way is passed over: a temporary folder belongs to everybody, and
/// may even have another program's /proc mounted in it.
/// </summary>
internal sealed class FolderWalk : FileSystemEnumerator<string>
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private FolderWalk(string folder)
        : base(folder, Everything)
    {
    }

    public static IEnumerable<string> Files(string folder)
    {
        using var walk = new FolderWalk(folder);
        while (walk.MoveNext())
        {
            yield return walk.Current;
        }
    }

    protected override bool ContinueOnError(int error) => true;

    protected override bool ShouldIncludeEntry(ref FileSystemEntry entry) => !entry.IsDirectory;

    protected override string TransformEntry(ref FileSystemEntry entry) => entry.ToFullPath();
}
