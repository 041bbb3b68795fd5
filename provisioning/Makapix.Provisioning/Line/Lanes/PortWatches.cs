using System;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>Which watch fits this machine.</summary>
public static class PortWatches
{
    /// <summary>Every serial port on USB.</summary>
    public static IPortWatch OfThisMachine() =>
        OperatingSystem.IsWindows() ? new WindowsPortWatch()
        : OperatingSystem.IsMacOS() ? new MacPortWatch()
        : new LinuxPortWatch();
}
