namespace Makapix.VirtualEsp32.Loader;

/// <summary>What a begin command announces, already checked against the flash.</summary>
/// <param name="EraseSize">Bytes to erase, and the most that a compressed download may unpack to.</param>
/// <param name="Blocks">How many data packets follow.</param>
/// <param name="BlockSize">The most data in one of them, in bytes.</param>
/// <param name="Offset">Flash address of the first byte.</param>
internal readonly record struct DownloadRange(uint EraseSize, uint Blocks, uint BlockSize, uint Offset);
