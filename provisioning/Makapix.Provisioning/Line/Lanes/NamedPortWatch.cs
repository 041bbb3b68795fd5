using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>Ports that somebody named: serial ports, whether they are there yet or not, and virtual chips. A virtual chip is there while somebody listens at its address.</summary>
public sealed class NamedPortWatch : IPortWatch
{
    private const string NotThere = "MKX-CHIP-010";

    private readonly ImmutableArray<Named> _ports;
    private readonly IPortWatch _system;

    /// <summary>Watches those ports.</summary>
    /// <param name="names">As <c>--port</c> takes them.</param>
    /// <param name="system">Sees the ports of this machine, where no path tells whether one is there.</param>
    /// <exception cref="ChipException">011: that is no port.</exception>
    /// <exception cref="LineException">160: one port is named twice.</exception>
    public NamedPortWatch(IEnumerable<string> names, IPortWatch system)
    {
        _system = system;
        _ports = [.. names.Select(Named.Of)];
        if (_ports.GroupBy(port => port.Device, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            var (first, second) = (twice.First().Name, twice.Last().Name);
            throw new LineException("160", first == second ? $"{first} is named twice." : $"{first} and {second} are one port.", "Name each port once: two lanes at one board would reset it under each other's hands.");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Expected => [.. _ports.Select(port => port.Name)];

    /// <inheritdoc/>
    public IReadOnlyList<SeenPort> Look()
    {
        var listening = _ports.Any(port => port.Chip is not null) ? IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners() : [];
        var windows = OperatingSystem.IsWindows() ? _system.Look() : [];
        return [.. _ports.Where(IsThere).Select(port => new SeenPort(port.Name, port.Chip is null ? LinuxPortWatch.Mark(port.Name) : ""))];

        bool IsThere(Named port) => port.Chip is { } chip ? listening.Contains(chip)
            : OperatingSystem.IsWindows() ? windows.Any(seen => string.Equals(seen.Name, port.Name, StringComparison.OrdinalIgnoreCase))
            : File.Exists(port.Name);
    }

    private sealed record Named(string Name, string Device, IPEndPoint? Chip)
    {
        public static Named Of(string name)
        {
            try
            {
                var port = ChipPort.Parse(name);
                return new Named(port.Name, PortLock.DeviceOf(port), port.IsVirtual ? IPEndPoint.Parse(new Uri(port.Name).Authority) : null);
            }
            catch (ChipException e) when (e.Code == NotThere)
            {
                // It may come yet; which device it is will be known only then, and its lock is taken by that.
                return new Named(name, name, null);
            }
        }
    }
}
