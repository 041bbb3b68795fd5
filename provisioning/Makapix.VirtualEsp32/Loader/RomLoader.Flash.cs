using System;
using System.Security.Cryptography;
using System.Text;
using Makapix.VirtualEsp32.Flash;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>Flash: raw in both directions, whether encryption is on or not.</summary>
internal sealed partial class RomLoader
{
    /// <summary>READ_FLASH_SLOW always answers with as much, however little was asked for.</summary>
    private const int SlowReadSize = 64;

    private IFlashDownload? _download;
    private uint _flashSize = NorFlash.Size;

    private LoaderStatus AttachFlash(in LoaderRequest request)
    {
        if (request.Data.Length is not (4 or 8))
        {
            return LoaderStatus.InvalidFormat;
        }

        _spi.Attached = true;
        return LoaderStatus.Ok;
    }

    /// <summary>Id, total size, block size, sector size, page size, status mask: as in the ROM, only the total size bounds anything.</summary>
    private LoaderStatus SetFlashParameters(in LoaderRequest request)
    {
        if (request.Data.Length != 6 * sizeof(uint))
        {
            return LoaderStatus.InvalidFormat;
        }

        _flashSize = Math.Min(request.Word(1), NorFlash.Size);
        return LoaderStatus.Ok;
    }

    private LoaderStatus BeginDownload(in LoaderRequest request, bool compressed)
    {
        // The chips after the ESP32 are told in a fifth word whether they shall encrypt what comes. Nobody has that done who draws the key outside, so it is refused.
        if (request.Data.Length != 4 * sizeof(uint) && (_chip.Model.IsClassic || request.Data.Length != 5 * sizeof(uint)))
        {
            return LoaderStatus.InvalidFormat;
        }

        if (request.Data.Length == 5 * sizeof(uint) && request.Word(4) != 0)
        {
            return LoaderStatus.Failed;
        }

        var range = new DownloadRange(request.Word(0), request.Word(1), request.Word(2), request.Word(3));
        _download?.Dispose();
        _download = null;
        if (range.BlockSize is 0 or > LoaderRequest.MaxBlock
            || (ulong)range.Offset + range.EraseSize > _flashSize
            || (range.EraseSize > 0 && !_spi.Attached))
        {
            return LoaderStatus.Failed;
        }

        // Whole sectors: what lies before the offset in the first one goes too, as esptool warns.
        for (var address = range.Offset - (range.Offset % NorFlash.SectorSize); address < range.Offset + range.EraseSize; address += NorFlash.SectorSize)
        {
            _chip.Flash.EraseSector(address);
        }

        _download = compressed ? new DeflateDownload(_chip.Flash, range) : new PlainDownload(_chip.Flash, range);
        return LoaderStatus.Ok;
    }

    private LoaderStatus WriteBlock<TDownload>(in LoaderRequest request)
        where TDownload : class, IFlashDownload
    {
        if (request.Data.Length < LoaderRequest.BlockHeaderSize || request.Word(0) != request.Data.Length - LoaderRequest.BlockHeaderSize)
        {
            return LoaderStatus.InvalidFormat;
        }

        var block = request.Data[LoaderRequest.BlockHeaderSize..];
        if (request.Checksum != LoaderRequest.ComputeChecksum(block))
        {
            return LoaderStatus.BadChecksum;
        }

        return _spi.Attached && _download is TDownload download ? download.Write(request.Word(1), block) : LoaderStatus.Failed;
    }

    /// <summary>Reboot or run: either way the loader is left, and silent until the next reset.</summary>
    private LoaderStatus EndDownload(in LoaderRequest request)
    {
        if (request.Data.Length != sizeof(uint))
        {
            return LoaderStatus.InvalidFormat;
        }

        if (_download is null)
        {
            return LoaderStatus.Failed;
        }

        _left = RunRequested = true;
        return LoaderStatus.Ok;
    }

    private LoaderStatus HashFlash(in LoaderRequest request)
    {
        if (request.Data.Length != 4 * sizeof(uint))
        {
            return LoaderStatus.InvalidFormat;
        }

        if (!CanRead(request.Word(0), request.Word(1)))
        {
            return LoaderStatus.FlashReadError;
        }

        _data = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Hash(request.Word(0), request.Word(1))));
        return LoaderStatus.Ok;
    }

    // A sector at a time: a host may ask for the hash of everything as often as it likes.
    private byte[] Hash(uint address, uint length)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        Span<byte> sector = stackalloc byte[NorFlash.SectorSize];
        while (length > 0)
        {
            var part = sector[..(int)Math.Min(length, NorFlash.SectorSize)];
            _chip.Flash.Read(address, part);
            md5.AppendData(part);
            address += (uint)part.Length;
            length -= (uint)part.Length;
        }

        return md5.GetHashAndReset();
    }

    private LoaderStatus ReadFlash(in LoaderRequest request)
    {
        if (request.Data.Length != 2 * sizeof(uint))
        {
            return LoaderStatus.InvalidFormat;
        }

        var (address, length) = (request.Word(0), request.Word(1));
        if (length > SlowReadSize)
        {
            return LoaderStatus.FlashReadLengthError;
        }

        if (!CanRead(address, length))
        {
            return LoaderStatus.FlashReadError;
        }

        _data = new byte[SlowReadSize];
        _chip.Flash.Read(address, _data.AsSpan(0, (int)length));
        return LoaderStatus.Ok;
    }

    private bool CanRead(uint address, uint length) => _spi.Attached && (ulong)address + length <= _flashSize;
}
