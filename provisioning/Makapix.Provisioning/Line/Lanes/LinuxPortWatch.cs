using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>
/// Serial ports on USB, by the links of <c>/dev/serial/by-path</c>: they name the socket that the board is plugged into, so a lane stays where the operator's
/// hand is. What has no link there (no udev, as in a container) goes by its own name.
/// </summary>
/// <param name="devices">The folder of devices.</param>
public sealed class LinuxPortWatch(string devices = "/dev") : IPortWatch
{
    private static readonly string[] UsbSerial = ["ttyUSB*", "ttyACM*"];

    /// <inheritdoc/>
    public IReadOnlyList<SeenPort> Look()
    {
        // udev may make several links to one device, of the same meaning: the first by name is the same at every look.
        var links = Links().GroupBy(link => link.Device, StringComparer.Ordinal).Select(group => group.First()).ToList();
        var linked = links.Select(link => link.Device).ToHashSet(StringComparer.Ordinal);
        var bare = UsbSerial.SelectMany(pattern => Directory.EnumerateFiles(devices, pattern)).Where(device => !linked.Contains(device)).Order(StringComparer.Ordinal);
        return [.. links.Select(link => link.Port), .. bare.Select(device => new SeenPort(device, ""))];
    }

    /// <summary>When a link was made: udev makes it anew each time that something is plugged in. Empty for what is no link.</summary>
    internal static string Mark(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link ? link.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture) : "";

    private IEnumerable<(SeenPort Port, string Device)> Links()
    {
        var folder = Path.Combine(devices, "serial", "by-path");
        var names = Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        foreach (var name in names)
        {
            // A link without its device is what a board leaves behind for a moment.
            if (File.ResolveLinkTarget(name, returnFinalTarget: true) is { Exists: true } device)
            {
                yield return (new SeenPort(name, Mark(name)), device.FullName);
            }
        }
    }
}
