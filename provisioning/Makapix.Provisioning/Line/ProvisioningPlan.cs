using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text.Json;

namespace Makapix.Provisioning.Line;

/// <summary>What the line will do to a board: shown, and in the journal, before anything is written.</summary>
/// <param name="Mac">The board.</param>
/// <param name="Chip">Its chip, with its revision.</param>
/// <param name="FlashSize">Bytes of its flash.</param>
/// <param name="Policy">How far it is locked.</param>
/// <param name="Broker">The broker of the device, <c>HOST:PORT</c>.</param>
/// <param name="FirmwareVersion">What it will run.</param>
/// <param name="StandIn">Whether the bundle is a stand-in that no real chip can run.</param>
/// <param name="Images">What is written, by ascending address.</param>
/// <param name="Efuses">What is burned, in this order.</param>
public sealed record ProvisioningPlan(
    string Mac,
    string Chip,
    int FlashSize,
    ProvisioningPolicy Policy,
    string Broker,
    string FirmwareVersion,
    bool StandIn,
    IReadOnlyList<PlannedImage> Images,
    IReadOnlyList<PlannedEfuse> Efuses)
{
    /// <summary>The Wi-Fi network of the device; null for none.</summary>
    public string? WifiSsid { get; init; }

    /// <summary>Digest of the key that signed what it will run, lower-case hex; null: it is not built for secure boot.</summary>
    public string? SigningKeyDigest { get; init; }

    /// <summary><see cref="EfusePlan.Hash"/> of what is burned, bit for bit: <see cref="Efuses"/> is that in words. Null in plans of an older version.</summary>
    public string? BurnHash { get; init; }

    /// <summary>SHA-256 of the plan as the journal holds it, lower-case hex: what was burned can be held against it.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, LineJson.Options)));
}
