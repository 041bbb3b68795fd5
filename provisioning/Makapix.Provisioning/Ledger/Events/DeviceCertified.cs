using System;

namespace Makapix.Provisioning.Ledger.Events;

/// <summary>A device has another certificate than the one it left the line with.</summary>
/// <param name="DeviceId">Which.</param>
/// <param name="Serial">Serial number of the certificate it has now.</param>
public sealed record DeviceCertified(Guid DeviceId, string Serial) : LedgerEvent
{
    internal override string Subject => DeviceId.ToString("D");
}
