using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Versioning;
using Microsoft.Win32;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>The COM ports that Windows has now, by the list that its serial drivers keep. Those of the mainboard are not among them: no board is plugged in there.</summary>
[SupportedOSPlatform("windows")]
public sealed class WindowsPortWatch : IPortWatch
{
    private const string DeviceMap = @"HARDWARE\DEVICEMAP\SERIALCOMM";
    private const string Mainboard = @"\Device\Serial";

    /// <inheritdoc/>
    public IReadOnlyList<SeenPort> Look()
    {
        // The key is there only while there is a port.
        using var map = Registry.LocalMachine.OpenSubKey(DeviceMap);
        return [.. (map?.GetValueNames() ?? [])
            .Where(driver => !IsMainboard(driver))
            .Select(driver => map!.GetValue(driver))
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => new SeenPort(name, ""))];
    }

    // \Device\Serial0; those on USB are \Device\USBSER000, \Device\VCP0, \Device\Silabser0, \Device\Serial_CH340… by their driver.
    private static bool IsMainboard(string driver) =>
        driver.StartsWith(Mainboard, StringComparison.OrdinalIgnoreCase) && driver[Mainboard.Length..].All(char.IsAsciiDigit);
}
