using System;

namespace Makapix.Provisioning.Ledger.Events;

/// <summary>The label of a device is drawn again. The first one, which the line draws, is in the board's journal.</summary>
/// <param name="DeviceId">Whose.</param>
/// <param name="Size">Name of the size.</param>
/// <param name="Format">What it is drawn as.</param>
public sealed record LabelPrinted(Guid DeviceId, string Size, string Format) : LedgerEvent
{
    internal override string Subject => DeviceId.ToString("D");
}
