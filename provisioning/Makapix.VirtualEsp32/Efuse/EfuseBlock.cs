namespace Makapix.VirtualEsp32.Efuse;

/// <summary>One eFuse block and where the controller shows it (the chip's TRM, eFuse Controller, register summary).</summary>
/// <param name="Index">From 0.</param>
/// <param name="ReadOffset">Offset of its first read register, in bytes.</param>
/// <param name="WriteOffset">Offset of its first write register, in bytes.</param>
/// <param name="Words">Length in 32-bit words.</param>
/// <param name="FirstWord">Index of its first word among the words of all blocks.</param>
/// <param name="HiddenOffset">Offset at which the file has what RD_DIS hides of it, in bytes; <see langword="null"/>: nothing of it can be hidden.</param>
internal sealed record EfuseBlock(int Index, uint ReadOffset, uint WriteOffset, int Words, int FirstWord, uint? HiddenOffset);
