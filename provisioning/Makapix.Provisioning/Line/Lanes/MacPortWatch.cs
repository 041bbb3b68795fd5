using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>Serial ports on USB as macOS names them. Those of <c>cu</c>: to open one of <c>tty</c> waits for a modem.</summary>
/// <param name="devices">The folder of devices.</param>
public sealed class MacPortWatch(string devices = "/dev") : IPortWatch
{
    private static readonly string[] Patterns = ["cu.usb*", "cu.SLAB_USBtoUART*", "cu.wchusbserial*"];

    /// <inheritdoc/>
    public IReadOnlyList<SeenPort> Look() =>
        [.. Patterns.SelectMany(pattern => Directory.EnumerateFiles(devices, pattern)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new SeenPort(name, ""))];
}
