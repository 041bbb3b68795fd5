using System;
using System.Diagnostics;
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
        var (written, path) = (Path.Combine(Folder, name + ".written"), Path.Combine(Folder, name));
        File.WriteAllText(written, "#!/bin/sh\n" + script.ReplaceLineEndings("\n"));

        // By a process that has ended: what is open for writing is not executed, and a process that another test starts has what is open here until it is another program.
        using (var copy = Process.Start("cp", [written, path]))
        {
            copy.WaitForExit();
        }

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
