using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>One host on the line, from its connecting, which resets the chip into download mode, to its leaving.</summary>
internal sealed class LoaderConnection(Socket socket, VirtualChip chip, LoaderServerOptions options, LineMeter meter)
{
    private const int ReadSize = 4096;

    private readonly UartPace _receive = new(options.Baud, options.Time, meter);
    private readonly UartPace _send = new(options.Baud, options.Time, meter);

    public async Task RunAsync(CancellationToken cancel)
    {
        using var loader = new RomLoader(chip);
        var slip = new SlipDecoder(LoaderRequest.MaxSize);
        var reply = new LoaderReply();
        var buffer = new byte[ReadSize];
        while (await socket.ReceiveAsync(buffer, cancel) is var received and > 0)
        {
            await _receive.TransferAsync(received, cancel);
            for (var taken = 0; taken < received;)
            {
                taken += slip.Feed(buffer.AsSpan(taken, received - taken), out var complete);
                if (complete)
                {
                    var baud = loader.HostBaud;
                    loader.Handle(slip.Frame, reply);
                    await SendAsync(reply, cancel);
                    if (loader.HostBaud != baud)
                    {
                        // The new rate holds after the answer to the command that asked for it.
                        _receive.Change(loader.HostBaud);
                        _send.Change(loader.HostBaud);
                    }
                }
            }
        }
    }

    private async Task SendAsync(LoaderReply reply, CancellationToken cancel)
    {
        await _send.TransferAsync(reply.Bytes.Length, cancel);
        for (var sent = 0; sent < reply.Bytes.Length;)
        {
            sent += await socket.SendAsync(reply.Bytes[sent..], cancel);
        }

        reply.Clear();
    }
}
