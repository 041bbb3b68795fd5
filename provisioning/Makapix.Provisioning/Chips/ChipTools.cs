namespace Makapix.Provisioning.Chips;

/// <summary>Espressif's tools, for one kind of chip.</summary>
/// <param name="Esptool">Reads and writes flash.</param>
/// <param name="Espefuse">Reads and burns eFuses.</param>
public sealed record ChipTools(EspTool Esptool, Espefuse Espefuse);
