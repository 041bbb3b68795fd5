using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary>A secret on a file descriptor that may be inherited, as a shell leaves one behind for <c>--passphrase-fd</c>: in memory alone.</summary>
internal static class SecretDescriptor
{
    /// <returns>Its number. Who reads the secret closes it.</returns>
    public static int Open(string text)
    {
        var number = memfd_create("secret", 0);
        if (number < 0)
        {
            throw new IOException($"memfd_create failed: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        using var handle = new SafeFileHandle(number, ownsHandle: false);
        RandomAccess.Write(handle, Encoding.UTF8.GetBytes(text), fileOffset: 0);
        return number;
    }

#pragma warning disable SYSLIB1054, IDE1006, CA5392 // One call of libc, by its own name.
    [DllImport("libc", SetLastError = true)]
    private static extern int memfd_create([MarshalAs(UnmanagedType.LPStr)] string name, uint flags);
#pragma warning restore SYSLIB1054, IDE1006, CA5392
}
