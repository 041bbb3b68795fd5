namespace Makapix.Provisioning.Chips;

/// <summary>What esptool found at a port.</summary>
/// <param name="Description">Espressif's name of the part, as in <c>ESP32-D0WD-V3</c>.</param>
/// <param name="MajorRevision">Wafer revision before the dot.</param>
/// <param name="MinorRevision">Wafer revision behind the dot.</param>
/// <param name="Mac">Base MAC address.</param>
/// <param name="FlashSize">Bytes, by the flash chip's own id.</param>
public sealed record ChipInspection(string Description, int MajorRevision, int MinorRevision, MacAddress Mac, int FlashSize);
