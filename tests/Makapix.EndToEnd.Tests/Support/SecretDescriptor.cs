using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary>A secret on a file descriptor that may be inherited, as a shell leaves one behind for <c>--passphrase-fd</c>: in memory alone.</summary>
internal sealed class SecretDescriptor : IDisposable
{
    // Of this one alone: the number may be another's by the time that this is disposed of.
    private readonly string _name = $"secret-{Guid.NewGuid():N}";

    public SecretDescriptor(string text)
    {
        Number = memfd_create(_name, 0);
        if (Number < 0)
        {
            throw new IOException($"memfd_create failed: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        using var handle = new SafeFileHandle(Number, ownsHandle: false);
        RandomAccess.Write(handle, Encoding.UTF8.GetBytes(text), fileOffset: 0);
    }

    public int Number { get; }

    /// <summary>Closes it, if who was to read it did not.</summary>
    public void Dispose()
    {
        if (new FileInfo($"/proc/self/fd/{Number}").LinkTarget?.Contains(_name, StringComparison.Ordinal) == true)
        {
            using var handle = new SafeFileHandle(Number, ownsHandle: true);
        }
    }

#pragma warning disable SYSLIB1054, IDE1006, CA5392 // One call of libc, by its own name.
    [DllImport("libc", SetLastError = true)]
    private static extern int memfd_create([MarshalAs(UnmanagedType.LPStr)] string name, uint flags);
#pragma warning restore SYSLIB1054, IDE1006, CA5392
}
