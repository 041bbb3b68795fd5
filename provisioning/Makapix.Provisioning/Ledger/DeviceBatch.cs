using System;

namespace Makapix.Provisioning.Ledger;

/// <summary>What was made in one batch.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Devices">How many devices.</param>
/// <param name="First">When the first one left the line, UTC.</param>
/// <param name="Last">When the last one did, UTC.</param>
public sealed record DeviceBatch(string Name, long Devices, DateTimeOffset First, DateTimeOffset Last);
