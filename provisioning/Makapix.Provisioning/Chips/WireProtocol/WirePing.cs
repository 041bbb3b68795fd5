using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips.Serial;

namespace Makapix.Provisioning.Chips.WireProtocol;

/// <summary>
/// Asks a running board whether it speaks the debug protocol, which hands out what flash encryption hides to whoever has the serial port. A bundle can say what it likes;
/// only silence proves it.
/// </summary>
/// <param name="clock">The clock of the silence.</param>
public sealed class WirePing(TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Pings twice a second, and listens.</summary>
    /// <param name="line">The serial line of the board.</param>
    /// <param name="silence">How long nothing may come.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Whether something answered.</returns>
    /// <exception cref="ChipException">018: the line is gone. That is not silence.</exception>
    public async Task<bool> IsAnsweredAsync(ISerialLine line, TimeSpan silence, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(line);
        var scanner = new WireScanner();
        var start = clock.GetTimestamp();
        var interval = silence < Interval ? silence : Interval;
        do
        {
            await line.WriteAsync(WirePacket.Ping(), cancel);
            if (await HearsAsync(line, scanner, interval, cancel))
            {
                return true;
            }
        }
        while (clock.GetElapsedTime(start) < silence);

        return false;
    }

    private async Task<bool> HearsAsync(ISerialLine line, WireScanner scanner, TimeSpan patience, CancellationToken cancel)
    {
        var buffer = new byte[256];
        using var interval = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, cancel);
        try
        {
            while (!scanner.Feed(buffer.AsSpan(0, await line.ReadAsync(buffer, either.Token))))
            {
                // Something else: a boot message, or noise.
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
