using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line.FirstBoots;

namespace Makapix.Provisioning.Line;

/// <summary>The record of a device that left the line. Holds no secret.</summary>
/// <param name="DeviceId">Who it is.</param>
/// <param name="Mac">The board.</param>
/// <param name="Chip">Its chip, with its revision.</param>
/// <param name="Serial">Serial number of its certificate.</param>
/// <param name="NotAfter">When its certificate ends.</param>
/// <param name="Policy">How far it is locked. <see cref="ProvisioningPolicy.Lab"/> marks it for ever as a device for the laboratory.</param>
/// <param name="FirmwareVersion">What it runs.</param>
/// <param name="StandIn">Whether its firmware is a stand-in that no real chip can run.</param>
/// <param name="PlanHash">SHA-256 of the plan that was followed.</param>
/// <param name="At">When it was done, UTC.</param>
/// <param name="Resumed">Whether an earlier run had begun the burn.</param>
/// <param name="Steps">What was done in this run, and how long it took.</param>
public sealed record ProvisionedDevice(
    Guid DeviceId,
    string Mac,
    string Chip,
    string Serial,
    DateTimeOffset NotAfter,
    ProvisioningPolicy Policy,
    string FirmwareVersion,
    bool StandIn,
    string PlanHash,
    DateTimeOffset At,
    bool Resumed,
    IReadOnlyList<StepReport> Steps)
{
    /// <summary>How it was first seen online. Null in records of an older version.</summary>
    public FirstBoot? FirstBoot { get; init; }

    /// <summary>The head of the ledger that was signed with the device in it, and lies beside this record.</summary>
    public LedgerHead? Head { get; init; }

    /// <summary>How long this run took.</summary>
    public double Seconds => Math.Round(Steps.Sum(step => step.Seconds), 3);

    /// <summary>The record as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LineJson.Options);
}
