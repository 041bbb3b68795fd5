using System;
using System.Net;
using Makapix.VirtualEsp32.Firmware;

namespace Makapix.VirtualEsp32;

/// <summary>How a chip's serial line is offered.</summary>
public sealed record LoaderServerOptions
{
    /// <summary>Slowest rate that is taken, in baud.</summary>
    public const int MinBaud = 300;

    /// <summary>Fastest rate that is taken, in baud: what the ESP32's UART can do.</summary>
    public const int MaxBaud = 5_000_000;

    /// <summary>Where to listen; port 0 picks a free one. Loopback only: a chip in download mode obeys whoever reaches it.</summary>
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The line's rate in both directions, until the host asks for another by CHANGE_BAUDRATE; <see langword="null"/>: as fast as it goes.</summary>
    public int? Baud { get; init; }

    /// <summary>What is wrong with the line; null: nothing.</summary>
    public LineNoise? Noise { get; init; }

    /// <summary>What the chip runs when it is told to leave its loader (esptool's <c>run</c>); null: nothing, and the next connection finds the loader again.</summary>
    public IVirtualFirmware? Firmware { get; init; }

    /// <summary>Is told how each boot ended, a line each; null for nobody.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>The clock that paces the line.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <exception cref="VirtualChipException">002: not a loopback address; 003: a rate that no UART has.</exception>
    internal void Validate()
    {
        if (!IPAddress.IsLoopback(EndPoint.Address))
        {
            throw new VirtualChipException("002", $"{EndPoint.Address} is not a loopback address, and a chip in download mode obeys whoever reaches it.", "Listen on 127.0.0.1.");
        }

        if (Baud is < MinBaud or > MaxBaud)
        {
            throw new VirtualChipException("003", $"{Baud} baud is not a rate that an ESP32's UART has.", $"Give {MinBaud} to {MaxBaud}, or none.");
        }
    }
}
