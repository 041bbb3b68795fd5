using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Chips.Serial;

/// <summary>Opens the serial line of a board without resetting it into its loader, as esptool would.</summary>
public static class SerialLines
{
    /// <summary>The rate at which nanoCLR speaks and listens (nf-interpreter, CONFIG_TARGET_SERIAL_BAUDRATE).</summary>
    private const int Baud = 921_600;

    /// <summary>Opens it.</summary>
    /// <exception cref="ChipException">018: it cannot be opened.</exception>
    public static async Task<ISerialLine> OpenAsync(ChipPort port, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(port);
        try
        {
            if (port.IsVirtual)
            {
                return await ConnectAsync(port, cancel);
            }

            await ConfigureAsync(port, cancel);
            return OperatingSystem.IsWindows() ? OpenOnWindows(port) : new StreamLine(new FileStream(port.Name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0), port.Name, endsWithSilence: false);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException or Win32Exception)
        {
            throw StreamLine.Gone(port.Name, e);
        }
    }

    private static async Task<ISerialLine> ConnectAsync(ChipPort port, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPEndPoint.Parse(port.Name[(port.Name.LastIndexOf('/') + 1)..]), cancel);
            return new StreamLine(new NetworkStream(socket, ownsSocket: true), port.Name, endsWithSilence: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// .NET opens a serial port by this prefix alone. Asynchronous, since only such a read can be given up; and byte by byte: Windows ends a read when all that was asked for has
    /// come, and an answer shorter than that would pass for silence.
    /// </summary>
    private static StreamLine OpenOnWindows(ChipPort port) =>
        new(new FileStream($@"\\?\{port.Name}", FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, useAsync: true), port.Name, endsWithSilence: false) { MostAtOnce = 1 };

    /// <summary>
    /// Raw, 8N1. A read of a terminal ends after 0.1 s of silence, since nothing else ends one. DTR and RTS are raised together by opening it, which resets no board with
    /// Espressif's circuit, and are not dropped by closing it (<c>-hupcl</c>).
    /// </summary>
    private static async Task ConfigureAsync(ChipPort port, CancellationToken cancel)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("mode.com", [$"{port.Name}:", $"BAUD={Baud}", "PARITY=n", "DATA=8", "STOP=1", "XON=off", "TO=on", "OCTS=off", "ODSR=off", "IDSR=off"])
            : new ProcessStartInfo("stty", [OperatingSystem.IsMacOS() ? "-f" : "-F", port.Name, $"{Baud}", "raw", "-echo", "min", "0", "time", "1", "-hupcl", "clocal", "-crtscts"]);
        start.RedirectStandardError = start.RedirectStandardOutput = start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
        {
            throw new IOException(ToolFailure.Clean(await error));
        }
    }
}
