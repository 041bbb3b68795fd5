namespace Makapix.Provisioning.Images;

/// <summary>What the nanoCLR of a bundle was built with, as its builder declares.</summary>
/// <param name="SecureBoot">CONFIG_SECURE_BOOT_V2_ENABLED: the bootloader checks signatures.</param>
/// <param name="FlashEncryptionRelease">CONFIG_SECURE_FLASH_ENCRYPTION_MODE_RELEASE.</param>
/// <param name="WireProtocol">Whether it answers nanoFramework's debug protocol, which reads and writes flash past its encryption.</param>
public sealed record NanoClrBuild(bool SecureBoot, bool FlashEncryptionRelease, bool WireProtocol);
