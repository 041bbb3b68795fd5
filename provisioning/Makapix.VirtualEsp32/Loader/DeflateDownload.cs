using System;
using System.IO;
using System.IO.Compression;
using Makapix.VirtualEsp32.Flash;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>
/// FLASH_DEFL_DATA: one zlib stream in blocks, unpacked into the flash as they come. What it may unpack to is announced beforehand and held to,
/// so a stream that swells ends its download and nothing else; a stream once found bad stays bad.
/// </summary>
internal sealed class DeflateDownload : IFlashDownload
{
    private readonly NorFlash _flash;
    private readonly DownloadRange _range;
    private readonly BlockStream _blocks = new();
    private readonly ZLibStream _unpacked;
    private readonly byte[] _buffer = new byte[NorFlash.SectorSize];
    private LoaderStatus _status = LoaderStatus.Ok;
    private uint _nextSequence;
    private uint _written;

    public DeflateDownload(NorFlash flash, DownloadRange range)
    {
        _flash = flash;
        _range = range;
        _unpacked = new ZLibStream(_blocks, CompressionMode.Decompress);
    }

    public LoaderStatus Write(uint sequence, ReadOnlySpan<byte> block)
    {
        if (_status != LoaderStatus.Ok)
        {
            return _status;
        }

        if (_nextSequence > 0 && sequence == _nextSequence - 1)
        {
            return LoaderStatus.Ok; // the host has missed our answer to this one, and it is written already
        }

        if (sequence != _nextSequence || sequence >= _range.Blocks || block.Length > _range.BlockSize)
        {
            return LoaderStatus.Failed;
        }

        _nextSequence++;
        return _status = Unpack(block);
    }

    public void Dispose() => _unpacked.Dispose();

    private LoaderStatus Unpack(ReadOnlySpan<byte> block)
    {
        _blocks.Supply(block);
        try
        {
            while (_unpacked.Read(_buffer) is var length and > 0)
            {
                if (length > _range.EraseSize - _written)
                {
                    return LoaderStatus.DeflateParameterError;
                }

                _flash.Program(_range.Offset + _written, _buffer.AsSpan(0, length));
                _written += (uint)length;
            }
        }
        catch (InvalidDataException)
        {
            return LoaderStatus.DeflateError;
        }

        return _blocks.IsEmpty ? LoaderStatus.Ok : LoaderStatus.DeflateError;
    }
}
