using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Chips.Serial;

/// <summary>A serial line by way of a stream.</summary>
/// <param name="stream">Closed with this.</param>
/// <param name="port">Its name.</param>
/// <param name="endsWithSilence">Whether a read of nothing is the end, as of a socket; of a terminal it is silence.</param>
internal sealed class StreamLine(Stream stream, string port, bool endsWithSilence) : ISerialLine
{
    /// <summary>Bytes that one read asks for at most.</summary>
    public int MostAtOnce { get; init; } = int.MaxValue;

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await stream.WriteAsync(bytes, cancel);
            await stream.FlushAsync(cancel);
        }
        catch (IOException e)
        {
            throw Gone(port, e);
        }
    }

    public async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                var read = await stream.ReadAsync(buffer[..Math.Min(buffer.Length, MostAtOnce)], cancel);
                if (read > 0)
                {
                    return read;
                }

                if (endsWithSilence)
                {
                    throw new IOException("it hung up");
                }
            }
        }
        catch (IOException e)
        {
            throw Gone(port, e);
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    internal static ChipException Gone(string port, Exception why) =>
        new("018", $"the serial line of the board at {port} cannot be listened to: {why.Message.TrimEnd('.')}.", "Check that the board is plugged in and no other program has the port open, then run 'makapix device resume'.", why);
}
