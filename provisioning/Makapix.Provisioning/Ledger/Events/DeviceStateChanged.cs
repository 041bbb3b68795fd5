using System;

namespace Makapix.Provisioning.Ledger.Events;

/// <summary>A device was shut out, let in again, or taken out of service.</summary>
/// <param name="DeviceId">Which.</param>
/// <param name="State">What it is now.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record DeviceStateChanged(Guid DeviceId, DeviceState State, string Reason) : LedgerEvent
{
    internal override string Subject => DeviceId.ToString("D");
}
