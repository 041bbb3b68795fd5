namespace Makapix.Provisioning.Chips;

/// <summary>Bytes that esptool writes from a file.</summary>
/// <param name="Address">Where in flash; a multiple of 4096.</param>
/// <param name="Path">The file.</param>
/// <param name="Length">Its length in bytes; a multiple of 4.</param>
public sealed record FlashFile(uint Address, string Path, int Length);
