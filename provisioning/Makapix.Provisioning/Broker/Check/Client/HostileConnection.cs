using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>One socket of an attacker. Disposing it closes it, and makes room for another.</summary>
internal sealed class HostileConnection(Stream stream, Action closed) : IDisposable
{
    private const int ReadBytes = 16 * 1024;

    private int _disposed;

    /// <summary>TCP, or TLS on it.</summary>
    public Stream Stream => stream;

    /// <summary>Reads and throws away until the other side closes.</summary>
    public async Task UntilClosedAsync(CancellationToken cancel)
    {
        var buffer = new byte[ReadBytes];
        try
        {
            while (await stream.ReadAsync(buffer, cancel) > 0)
            {
            }
        }
        catch (Exception e) when (HostileClient.IsClose(e))
        {
            // A reset closes it too.
        }
    }

    /// <summary>Reads so many bytes.</summary>
    /// <returns>Null if the other side closes before.</returns>
    public async Task<byte[]?> ReadAsync(int count, CancellationToken cancel)
    {
        var bytes = new byte[count];
        try
        {
            return await stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancel) == count ? bytes : null;
        }
        catch (Exception e) when (HostileClient.IsClose(e))
        {
            return null;
        }
    }

    /// <summary>Writes.</summary>
    /// <returns>Whether the other side was still there.</returns>
    public async Task<bool> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await stream.WriteAsync(bytes, cancel);
            return true;
        }
        catch (Exception e) when (HostileClient.IsClose(e))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            stream.Dispose();
            closed();
        }
    }
}
