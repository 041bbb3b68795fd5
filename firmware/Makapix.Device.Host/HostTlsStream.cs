using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Device.Connection;
using Makapix.Mqtt.Desktop;

namespace Makapix.Device.Host;

/// <summary>
/// A blocking face for SslStream, which knows no read that gives up and can be tried again: the read goes on in the background, and its result is
/// picked up by whichever call comes after it.
/// </summary>
internal sealed class HostTlsStream(TlsConnection connection, CancellationToken stop) : ITlsStream
{
    private const int BufferLength = 4096;
    private const int WriteTimeoutMs = 10000;

    private readonly byte[] _buffer = new byte[BufferLength];
    private Task<int>? _pending;

    public FailureCause EndedBy { get; private set; } = FailureCause.Closed;

    public int Read(byte[] buffer, int timeoutMs)
    {
        try
        {
            _pending ??= connection.Stream.ReadAsync(_buffer.AsMemory(0, Math.Min(BufferLength, buffer.Length)), CancellationToken.None).AsTask();
            if (!_pending.IsCompleted && Task.WaitAny([_pending], timeoutMs, stop) < 0)
            {
                return 0;
            }

            int count = _pending.GetAwaiter().GetResult();
            _pending = null;
            Array.Copy(_buffer, buffer, count);
            return count > 0 ? count : End(null);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _pending = null;
            return End(e);
        }
    }

    public bool Write(byte[] buffer, int offset, int count)
    {
        try
        {
            connection.Stream.WriteTimeout = WriteTimeoutMs;
            connection.Stream.Write(buffer, offset, count);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Why the peer hung up, by an alert for one, shows in reading, not in writing.
            _ = Read(new byte[BufferLength], WriteTimeoutMs);
            return false;
        }
    }

    public void Close() => connection.Dispose();

    private int End(Exception? failure)
    {
        EndedBy = HostTlsConnector.CauseOf(connection.Explain(failure).Kind);
        return -1;
    }
}
