using System;
using System.Diagnostics;
using System.IO;
using System.IO.Pipes;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Chips;

/// <summary>
/// Hands a tool a "file" that exists in kernel memory only: its own stdin on Unix; on Windows, which has no name for stdin,
/// a named pipe open to this user alone. (A delete-on-close file would be on disk, and Python cannot open one: it does not share deletion.)
/// </summary>
internal sealed class SecretPipe : IDisposable
{
    private readonly NamedPipeServerStream? _server;

    private SecretPipe(string path, NamedPipeServerStream? server)
    {
        Path = path;
        _server = server;
    }

    /// <summary>What the tool opens.</summary>
    public string Path { get; }

    /// <param name="unused">Whether there is nothing to hand over: the tool's stdin is closed, and that is all.</param>
    public static SecretPipe Create(bool unused)
    {
        if (unused || !OperatingSystem.IsWindows())
        {
            return new SecretPipe("/dev/stdin", null);
        }

        var name = $"makapix-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        return new SecretPipe(
            $@"\\.\pipe\{name}",
            new NamedPipeServerStream(name, PipeDirection.Out, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly | PipeOptions.FirstPipeInstance));
    }

    /// <summary>Gives the bytes to the tool, then closes its end, which the tool sees as the end of the file.</summary>
    public async Task FeedAsync(Process process, ReadOnlyMemory<byte> secret, CancellationToken cancel)
    {
        try
        {
            if (_server is not null)
            {
                await _server.WaitForConnectionAsync(cancel);
                await _server.WriteAsync(secret, cancel);
                await _server.FlushAsync(cancel);
                if (OperatingSystem.IsWindows())
                {
                    _server.WaitForPipeDrain();
                }

                _server.Disconnect();
            }
            else if (!secret.IsEmpty)
            {
                await process.StandardInput.BaseStream.WriteAsync(secret, cancel);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The tool ended before it read: its own exit code and message tell why.
        }
        finally
        {
            CloseInput(process);
        }
    }

    public void Dispose() => _server?.Dispose();

    private static void CloseInput(Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Closing flushes into a pipe whose reader has gone.
        }
    }
}
