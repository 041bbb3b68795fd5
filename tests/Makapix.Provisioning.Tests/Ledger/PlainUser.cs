using System;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>Runs something as a user who may read a folder and not write it. Permissions do not bind root, so there one thread gives that up.</summary>
internal static class PlainUser
{
    private const uint Nobody = 65534;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enterable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static void Run(string folder, Action action)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("This test needs Unix permissions: run it on Linux.");
        }

        foreach (var file in Directory.GetFiles(folder))
        {
            File.SetUnixFileMode(file, Readable);
        }

        File.SetUnixFileMode(folder, Enterable);
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                // setfsuid(2): of this thread alone; with it go root's capabilities over files.
                _ = Environment.IsPrivilegedProcess ? SetFileSystemUser(Nobody) : 0;
                action();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        File.SetUnixFileMode(folder, Enterable | UnixFileMode.UserWrite);
        foreach (var file in Directory.GetFiles(folder))
        {
            File.SetUnixFileMode(file, Readable | UnixFileMode.UserWrite);
        }

        failure?.Throw();
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetFileSystemUser(uint user);
}
