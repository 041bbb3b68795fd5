namespace Makapix.Provisioning.Line.FirstBoots;

/// <summary>How a device was first seen, for its record.</summary>
/// <param name="FirmwareVersion">What it said that it runs.</param>
/// <param name="Seconds">From the reset until it was seen online at the broker.</param>
/// <param name="Boots">How many boots it took: with 2, its flash was written once more in between.</param>
/// <param name="WireProtocol">Whether its serial port answers nanoFramework's debug protocol, which hands out what flash encryption hides: in the laboratory only.</param>
public sealed record FirstBoot(string FirmwareVersion, double Seconds, int Boots, bool WireProtocol);
