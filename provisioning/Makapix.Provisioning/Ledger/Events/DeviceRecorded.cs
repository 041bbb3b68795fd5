using System;
using Makapix.Provisioning.Line;

namespace Makapix.Provisioning.Ledger.Events;

/// <summary>A device left the line.</summary>
/// <param name="DeviceId">Who it is; unique in the ledger.</param>
/// <param name="Mac">The board, <c>aa:bb:cc:dd:ee:ff</c>; it becomes one device and never another.</param>
/// <param name="Chip">Its chip, with its revision.</param>
/// <param name="FirmwareVersion">What it runs.</param>
/// <param name="StandIn">Whether its firmware is a stand-in that no real chip can run.</param>
/// <param name="Policy">How far it is locked. <see cref="ProvisioningPolicy.Lab"/> marks it for ever: no event changes it.</param>
/// <param name="PlanHash">SHA-256 of the plan that was followed.</param>
/// <param name="Serial">Serial number of its certificate.</param>
public sealed record DeviceRecorded(
    Guid DeviceId, string Mac, string Chip, string FirmwareVersion, bool StandIn, ProvisioningPolicy Policy, string PlanHash, string Serial) : LedgerEvent
{
    /// <summary>The batch it was made in; null for none.</summary>
    public string? Batch { get; init; }

    /// <summary>The station that made it; null if that has no name.</summary>
    public string? Station { get; init; }

    internal override string Subject => DeviceId.ToString("D");
}
