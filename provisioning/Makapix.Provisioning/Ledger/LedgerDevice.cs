using System;
using Makapix.Provisioning.Line;

namespace Makapix.Provisioning.Ledger;

/// <summary>A device that left the line, with what became of it.</summary>
/// <param name="Id">Who it is.</param>
/// <param name="Mac">The board, <c>aa:bb:cc:dd:ee:ff</c>.</param>
/// <param name="Chip">Its chip, with its revision.</param>
/// <param name="FirmwareVersion">What it left the line with.</param>
/// <param name="StandIn">Whether that is a stand-in that no real chip can run.</param>
/// <param name="Policy">How far it is locked.</param>
/// <param name="PlanHash">SHA-256 of the plan that was followed.</param>
/// <param name="Batch">The batch it was made in; null for none.</param>
/// <param name="Station">The station that made it; null if that has no name.</param>
/// <param name="RecordedAt">When it left the line, UTC.</param>
/// <param name="State">What it is to the fleet.</param>
/// <param name="ChangedAt">When anything about it changed last, UTC.</param>
/// <param name="Certificate">The certificate it has.</param>
public sealed record LedgerDevice(
    Guid Id,
    string Mac,
    string Chip,
    string FirmwareVersion,
    bool StandIn,
    ProvisioningPolicy Policy,
    string PlanHash,
    string? Batch,
    string? Station,
    DateTimeOffset RecordedAt,
    DeviceState State,
    DateTimeOffset ChangedAt,
    LedgerCertificate Certificate);
