using System;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>One direction of a UART: 8N1, so ten bit times a byte. Without a rate, nothing waits.</summary>
internal sealed class UartPace(int? baud, TimeProvider time, LineMeter meter)
{
    private const int BitsPerByte = 10;

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _busyUntil;
    private int? _baud = baud;

    /// <summary>Takes another rate from the next byte on; an unpaced line stays unpaced.</summary>
    public void Change(int newBaud) => _baud = _baud is null ? null : newBaud;

    /// <summary>Ends when <paramref name="bytes"/> more bytes have gone over the line. Rounding of the waits does not add up.</summary>
    public Task TransferAsync(int bytes, CancellationToken cancel)
    {
        if (_baud is not { } rate)
        {
            return Task.CompletedTask;
        }

        var now = time.GetElapsedTime(_start);
        var taken = TimeSpan.FromSeconds((double)bytes * BitsPerByte / rate);
        meter.Add(taken);
        _busyUntil = (_busyUntil > now ? _busyUntil : now) + taken;
        return Task.Delay(_busyUntil - now, time, cancel);
    }
}
