using System;
using System.Runtime.InteropServices;

namespace Makapix.Cli;

/// <summary>
/// Tells a file descriptor that the caller passed from one that the runtime opened for itself: taking over, and closing, one of those ends the process.
/// Descriptors come from a caller only if they may be inherited; the runtime marks its own close-on-exec.
/// </summary>
internal static class InheritedDescriptor
{
    private const int Output = 1;
    private const int Error = 2;

    // fcntl(2), the same numbers on Linux and macOS.
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;

    public static bool Is(int fd) =>
        !OperatingSystem.IsWindows() && fd >= 0 && fd is not (Output or Error) && fcntl(fd, GetDescriptorFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0;

#pragma warning disable SYSLIB1054, IDE1006, CA5392 // One call of libc, by its own name.
    [DllImport("libc")]
    private static extern int fcntl(int fd, int command);
#pragma warning restore SYSLIB1054, IDE1006, CA5392
}
