using System;
using System.IO;
using System.Net;

namespace Makapix.Provisioning.Chips;

/// <summary>Where a chip is: a serial port of this machine, or a virtual chip on its loopback.</summary>
public sealed record ChipPort
{
    private const int SerialBaud = 921_600;
    private const string SocketScheme = "socket://";

    private ChipPort(string name, ResetMode before, bool isVirtual)
    {
        Name = name;
        Before = before;
        IsVirtual = isVirtual;
    }

    /// <summary>As esptool takes it: <c>/dev/ttyUSB0</c>, <c>COM7</c>, <c>socket://127.0.0.1:3333</c>.</summary>
    public string Name { get; }

    /// <summary>How its chip gets into the ROM loader.</summary>
    public ResetMode Before { get; }

    /// <summary>Whether this is a virtual chip on loopback: no board can be there.</summary>
    public bool IsVirtual { get; }

    /// <summary>Bits per second to write flash at; null leaves the rate alone.</summary>
    public int? Baud => IsVirtual ? null : SerialBaud;

    internal string BeforeWord => Before == ResetMode.NoReset ? "no_reset" : "default_reset";

    /// <summary>Who cannot reset the chip into its loader must leave it there.</summary>
    internal string AfterWord => Before == ResetMode.NoReset ? "no_reset" : "hard_reset";

    /// <summary>
    /// Reads a port name. Of pyserial's URLs only <c>socket://</c> to a loopback address is taken: over any other the flash key would
    /// cross a network in clear, and <c>spy://</c> would write it to a file.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="before">How to get into the loader; null: as fits the port.</param>
    /// <exception cref="ChipException">No such port, or not one that a key may pass.</exception>
    public static ChipPort Parse(string name, ResetMode? before = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.StartsWith(SocketScheme, StringComparison.OrdinalIgnoreCase))
        {
            return new ChipPort(SocketScheme + Loopback(name), before ?? ResetMode.NoReset, isVirtual: true);
        }

        if (name.Length == 0 || name.Contains("://", StringComparison.Ordinal) || name[0] is '-' or '@')
        {
            throw Refused(name);
        }

        if (!OperatingSystem.IsWindows() && !File.Exists(name))
        {
            throw new ChipException("010", $"there is no port {name}.", "Plug the board in, and check the name with 'ls /dev/serial/by-path'.");
        }

        return new ChipPort(name, before ?? ResetMode.DefaultReset, isVirtual: false);
    }

    private static IPEndPoint Loopback(string name)
    {
        var address = name[SocketScheme.Length..].Replace("localhost:", "127.0.0.1:", StringComparison.OrdinalIgnoreCase);
        return IPEndPoint.TryParse(address, out var end) && IPAddress.IsLoopback(end.Address) && end.Port != 0 ? end : throw Refused(name);
    }

    private static ChipException Refused(string name) =>
        new("011", $"'{name}' is no port for a board with secrets.", "Give a serial port of this machine, or socket://127.0.0.1:PORT for a virtual chip.");
}
