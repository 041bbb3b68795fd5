using System;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Labels;

/// <summary>Draws the label of a device again, and says so in the ledger first: a second label on another box is a device that nobody counted.</summary>
public static class LabelReprint
{
    /// <summary>Draws it.</summary>
    /// <param name="ledger">The ledger that has the device.</param>
    /// <param name="device">The device.</param>
    /// <param name="size">How large, and what is on it.</param>
    /// <param name="format">What it is drawn as.</param>
    /// <param name="folder">Where; made if it is not there.</param>
    /// <returns>The file.</returns>
    /// <exception cref="LineException">115: the device is retired.</exception>
    /// <exception cref="LedgerException">The ledger cannot be written; nothing was drawn.</exception>
    public static string Write(DeviceLedger ledger, LedgerDevice device, LabelSize size, LabelFormat format, string folder)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(size);
        if (device.State == DeviceState.Retired)
        {
            throw new LineException("115", $"device {device.Id} is retired: it gets no label any more.", "Take its label off; a board in service has an id of its own.");
        }

        DurableFile.CreatePrivateFolder(folder);
        var content = Content(ledger, device);
        using var transaction = ledger.Begin();
        transaction.Append(new LabelPrinted(device.Id, size.Name, format.ToString().ToLowerInvariant()));
        transaction.Commit();
        return DeviceLabel.Write(content, size, format, folder);
    }

    private static LabelContent Content(DeviceLedger ledger, LedgerDevice device)
    {
        using var view = ledger.Read();
        return LabelContent.Of(device, view);
    }
}
