using System;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Makapix.Mqtt.Desktop;

/// <content>The tasks that move the bytes.</content>
public sealed partial class MqttClient
{
    private const int ReadSize = 16 * 1024;

    // Holds one token at most: that there is something to write.
    private readonly Channel<bool> _toWrite = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<MqttException?> RunAsync()
    {
        // At once: an abort must find a session to end. What follows may find input without end, and must not hold the caller.
        Do(() => _engine.Connect(Now));
        await Task.Yield();
        Task reading = ReadAsync();
        Task writing = WriteAsync(reading);
        await _over.Task;
        await _timer.DisposeAsync();
        _toWrite.Writer.TryComplete();
        if (_failure is null)
        {
            // DISCONNECT goes out, then close_notify: what follows it on the wire was not ours.
            await BoundedAsync(writing);
            await BoundedAsync(SayCloseAsync());
        }

        await _stop.CancelAsync();
        _connection.Dispose();
        await Task.WhenAll(reading, writing);
        return _failure;
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[ReadSize];
        try
        {
            int count;
            while ((count = await _connection.Stream.ReadAsync(buffer, _stop.Token)) > 0)
            {
                await TakeAsync(buffer, count);
            }

            Lose(null);
        }
        catch (Exception e)
        {
            // Whatever it is, it ends the session, and is told there.
            Lose(e);
        }
    }

    private async Task TakeAsync(byte[] buffer, int count)
    {
        for (int offset = 0; offset < count;)
        {
            int taken = 0;
            Task drained = Task.CompletedTask;
            Do(() =>
            {
                taken = _engine.Receive(buffer, offset, count - offset, Now);
                drained = _drained.Task;
            });
            offset += taken;
            if (taken == 0)
            {
                // No room for an acknowledgement: a peer that does not read is not read.
                await drained.WaitAsync(_stop.Token);
            }
        }
    }

    private async Task WriteAsync(Task reading)
    {
        var chunk = new byte[ReadSize];
        try
        {
            while (await _toWrite.Reader.WaitToReadAsync(_stop.Token))
            {
                _toWrite.Reader.TryRead(out _);
                int count;
                while ((count = TakeOutgoing(chunk)) > 0)
                {
                    await _connection.Stream.WriteAsync(chunk.AsMemory(0, count), _stop.Token);
                }
            }
        }
        catch (Exception e)
        {
            // A server that refuses us closes, and our writing fails first. Why it closed is an alert still to be read.
            await BoundedAsync(reading);
            Lose(e);
        }
    }

    private int TakeOutgoing(byte[] chunk)
    {
        lock (_lock)
        {
            int count = Math.Min(chunk.Length, _engine.OutgoingCount);
            Array.Copy(_engine.Outgoing, _engine.OutgoingOffset, chunk, 0, count);
            _engine.Sent(count);
            _drained.TrySetResult();
            _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return count;
        }
    }

    private void Lose(Exception? failure) => Do(() =>
    {
        _transportFailure ??= failure;
        _engine.ConnectionLost();
    });

    private async Task SayCloseAsync() => await _connection.Stream.ShutdownAsync();

    private static async Task BoundedAsync(Task task) =>
        await task.WaitAsync(CloseGrace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
