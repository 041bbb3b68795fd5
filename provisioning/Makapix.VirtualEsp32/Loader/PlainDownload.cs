using System;
using Makapix.VirtualEsp32.Flash;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>FLASH_DATA: each block goes where its sequence number says, so that one that is sent again lands on itself.</summary>
internal sealed class PlainDownload(NorFlash flash, DownloadRange range) : IFlashDownload
{
    public LoaderStatus Write(uint sequence, ReadOnlySpan<byte> block)
    {
        if (sequence >= range.Blocks || block.Length > range.BlockSize)
        {
            return LoaderStatus.Failed;
        }

        // Tools fill the last block up with 0xFF, which programs nothing and may reach past the end of the flash.
        var data = block.TrimEnd(NorFlash.Erased);
        var address = range.Offset + ((ulong)sequence * range.BlockSize);
        if (address + (ulong)data.Length > NorFlash.Size)
        {
            return LoaderStatus.Failed;
        }

        flash.Program((uint)address, data);

        // As the ROM does: it compares the checksums of what was sent and of what is there now.
        Span<byte> written = new byte[data.Length];
        flash.Read((uint)address, written);
        return LoaderRequest.ComputeChecksum(written) == LoaderRequest.ComputeChecksum(data) ? LoaderStatus.Ok : LoaderStatus.FlashWriteError;
    }

    public void Dispose()
    {
    }
}
