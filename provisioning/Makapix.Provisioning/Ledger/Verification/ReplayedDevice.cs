namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>What the entries about a device add up to.</summary>
/// <param name="Serial">Serial number of the certificate it has.</param>
/// <param name="State">What it is to the fleet.</param>
/// <param name="Seq">The last entry that changed it.</param>
/// <param name="At">When that was.</param>
internal sealed record ReplayedDevice(string Serial, DeviceState State, long Seq, long At);
