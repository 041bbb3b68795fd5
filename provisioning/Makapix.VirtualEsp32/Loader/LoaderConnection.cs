using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Firmware;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>
/// One host on the line, from its connecting to its leaving. Connecting resets the chip into download mode, unless its firmware runs: that hears the line then, until a
/// SYNC frame stands for the DTR and RTS by which a host resets a board.
/// </summary>
internal sealed class LoaderConnection(Socket socket, VirtualChip chip, VirtualCpu cpu, LoaderServerOptions options, LineMeter meter)
{
    private const int ReadSize = 4096;

    private readonly UartPace _receive = new(options.Baud, options.Time, meter);
    private readonly UartPace _send = new(options.Baud, options.Time, meter);
    private readonly SlipDecoder _slip = new(LoaderRequest.MaxSize);
    private readonly LoaderReply _reply = new();
    private RomLoader? _loader;

    /// <summary>What the host's bytes suffer; null: nothing.</summary>
    public NoisyWire? FromHost { get; init; }

    /// <summary>What the chip's bytes suffer; null: nothing.</summary>
    public NoisyWire? ToHost { get; init; }

    public async Task RunAsync(CancellationToken cancel)
    {
        _loader = cpu.Running is null ? new RomLoader(chip) : null;
        try
        {
            var buffer = new byte[ReadSize];
            while (await socket.ReceiveAsync(buffer, cancel) is var received and > 0)
            {
                await _receive.TransferAsync(received, cancel);
                ReadOnlyMemory<byte> arrived = buffer.AsMemory(0, received);
                arrived = FromHost is null ? arrived : await FromHost.PassAsync(arrived, cancel);
                for (var taken = 0; taken < arrived.Length;)
                {
                    var more = arrived[taken..];
                    var part = _slip.Feed(more.Span, out var complete);
                    taken += part;
                    await (_loader is { } loader ? LoadAsync(loader, complete, cancel) : HearAsync(more[..part], complete, cancel));
                }
            }
        }
        finally
        {
            _loader?.Dispose();
        }
    }

    private async Task LoadAsync(RomLoader loader, bool complete, CancellationToken cancel)
    {
        if (!complete)
        {
            return;
        }

        var (baud, left) = (loader.HostBaud, loader.RunRequested);
        loader.Handle(_slip.Frame, _reply);
        await SendAsync(_reply.Bytes, cancel);
        _reply.Clear();
        if (loader.HostBaud != baud)
        {
            // The new rate holds after the answer to the command that asked for it.
            _receive.Change(loader.HostBaud);
            _send.Change(loader.HostBaud);
        }

        if (loader.RunRequested && !left)
        {
            cpu.Boot();
            if (cpu.Running is not null)
            {
                loader.Dispose();
                _loader = null;
            }
        }
    }

    private async Task HearAsync(ReadOnlyMemory<byte> bytes, bool complete, CancellationToken cancel)
    {
        if (complete && RomLoader.IsSync(_slip.Frame))
        {
            await cpu.DisposeAsync();
            _loader = new RomLoader(chip);
            await LoadAsync(_loader, complete, cancel);
            return;
        }

        await SendAsync(cpu.Running!.Receive(bytes.Span), cancel);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        bytes = ToHost is null ? bytes : await ToHost.PassAsync(bytes, cancel);
        await _send.TransferAsync(bytes.Length, cancel);
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes[sent..], cancel);
        }
    }
}
