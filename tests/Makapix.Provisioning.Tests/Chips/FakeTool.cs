using System;
using System.IO;
using System.Runtime.Versioning;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Tests.Chips;

/// <summary>A folder for PATH with a shell script in it that claims to be esptool.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class FakeTool : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("makapix-fake-");

    public FakeTool(string script, string name = "esptool", bool executable = true)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, "#!/bin/sh\n" + script.ReplaceLineEndings("\n"));
        if (executable)
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string Folder => _folder.FullName;

    public IToolRunner Runner => new ProcessToolRunner(Folder);

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
