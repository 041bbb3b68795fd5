using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Firmware;
using Makapix.VirtualEsp32.Loader;
using Makapix.VirtualEsp32.Power;

namespace Makapix.VirtualEsp32;

/// <summary>
/// A chip's serial line on TCP, for any tool that takes <c>--port socket://127.0.0.1:PORT</c>. Like a serial port it belongs to one host at a time;
/// the next one waits. While no firmware runs, each connection is a reset into download mode; while it does, that is what a SYNC frame is.
/// </summary>
public sealed class LoaderServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly LineMeter _meter = new();
    private readonly Socket _listener;
    private readonly VirtualChip _chip;
    private readonly LoaderServerOptions _options;
    private readonly VirtualCpu _cpu;
    private readonly NoisyWire? _fromHost;
    private readonly NoisyWire? _toHost;

    private LoaderServer(VirtualChip chip, LoaderServerOptions options, Socket listener)
    {
        _chip = chip;
        _options = options;
        _cpu = new VirtualCpu(chip, options);
        if (options.Noise is { } noise)
        {
            // Of the line, not of a connection: a tool that tries again meets other faults.
            _fromHost = new NoisyWire(noise, noise.Seed, options.Time);
            _toHost = new NoisyWire(noise, ~noise.Seed, options.Time);
        }

        _listener = listener;
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        Completion = Task.Run(ServeAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What esptool and espefuse take as <c>--port</c>.</summary>
    public string Port => $"socket://{EndPoint}";

    /// <summary>How long bytes were on the line so far, in either direction; zero without a rate.</summary>
    public TimeSpan LineTime => _meter.Busy;

    /// <summary>
    /// Ends when the server does: as cancelled after <see cref="DisposeAsync"/>, with <see cref="PowerLostException"/> when the chip has lost its power,
    /// with <see cref="VirtualChipException"/> 004 when its state cannot be written any more.
    /// </summary>
    public Task Completion { get; }

    /// <summary>Starts listening; the chip stays the caller's, who disposes it after the server.</summary>
    /// <exception cref="VirtualChipException">001: the port is taken; 002, 003: the options are not usable.</exception>
    public static LoaderServer Start(VirtualChip chip, LoaderServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(chip);
        options ??= new LoaderServerOptions();
        options.Validate();
        var listener = new Socket(options.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(options.EndPoint);
            listener.Listen();
            return new LoaderServer(chip, options, listener);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new VirtualChipException("001", $"cannot listen on {options.EndPoint}: {e.Message.TrimEnd('.')}.", "Stop what listens there, or give port 0 to have a free one picked.", e);
        }
    }

    /// <summary>Hangs up and stops listening; what the chip has done by then is in its state directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync();
        }

        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _cpu.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await ServeNextAsync();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VirtualChipException("004", $"the state of the chip in {_chip.Directory} cannot be written: {e.Message.TrimEnd('.')}.", "Free some space there and start the chip again.", e);
        }
        finally
        {
            _listener.Dispose(); // who connects from here on is refused instead of waiting for nobody
        }
    }

    private async Task ServeNextAsync()
    {
        try
        {
            using var socket = await _listener.AcceptAsync(_stop.Token);
            socket.NoDelay = true;
            await new LoaderConnection(socket, _chip, _cpu, _options, _meter) { FromHost = _fromHost, ToHost = _toHost }.RunAsync(_stop.Token);
        }
        catch (SocketException)
        {
            // The host hung up in the middle; the chip waits for the next one.
        }
    }
}
