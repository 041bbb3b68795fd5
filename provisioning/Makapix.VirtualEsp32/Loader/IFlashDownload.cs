using System;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>A download to flash under way, between its begin and its end or the next begin.</summary>
internal interface IFlashDownload : IDisposable
{
    /// <summary>Takes one block, whose checksum has been found right.</summary>
    LoaderStatus Write(uint sequence, ReadOnlySpan<byte> block);
}
