namespace Makapix.Provisioning.Chips;

/// <summary>Espressif's tools, for one kind of chip.</summary>
/// <param name="Esptool">Reads and writes flash.</param>
/// <param name="Espefuse">Reads and burns eFuses.</param>
/// <param name="Espsecure">Puts signatures behind images.</param>
public sealed record ChipTools(EspTool Esptool, Espefuse Espefuse, Espsecure Espsecure);
