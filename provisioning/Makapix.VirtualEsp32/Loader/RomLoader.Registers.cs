using System;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>Synchronising, registers and the line's rate.</summary>
internal sealed partial class RomLoader
{
    private const int SyncReplies = 8;

    /// <summary>Not zero: by a zero, esptool knows that its own stub answers.</summary>
    private const uint SyncValue = 0x20120707;

    private const int WriteRegisterSize = 16;
    private const uint MinBaud = 300;
    private const uint MaxBaud = 5_000_000;

    private static ReadOnlySpan<byte> SyncPrefix => [0x07, 0x07, 0x12, 0x20];

    private LoaderStatus Sync(in LoaderRequest request)
    {
        if (request.Data.Length != 36 || !request.Data.StartsWith(SyncPrefix) || request.Data[SyncPrefix.Length..].ContainsAnyExcept((byte)0x55))
        {
            return LoaderStatus.InvalidFormat;
        }

        _value = SyncValue;
        return LoaderStatus.Ok;
    }

    private LoaderStatus ReadRegister(in LoaderRequest request)
    {
        if (request.Data.Length != sizeof(uint))
        {
            return LoaderStatus.InvalidFormat;
        }

        var address = request.Word(0);
        if (address % sizeof(uint) != 0)
        {
            return LoaderStatus.Failed;
        }

        _value = _bus.Read(address);
        return LoaderStatus.Ok;
    }

    /// <summary>Any number of (address, value, mask, delay in µs); the delays are not waited for.</summary>
    private LoaderStatus WriteRegisters(in LoaderRequest request)
    {
        if (request.Data.IsEmpty || request.Data.Length % WriteRegisterSize != 0)
        {
            return LoaderStatus.InvalidFormat;
        }

        for (var i = 0; i < request.Data.Length / sizeof(uint); i += 4)
        {
            var address = request.Word(i);
            if (address % sizeof(uint) != 0)
            {
                return LoaderStatus.Failed;
            }

            var mask = request.Word(i + 2);
            _bus.Write(address, (_bus.Read(address) & ~mask) | (request.Word(i + 1) & mask));
        }

        return LoaderStatus.Ok;
    }

    private LoaderStatus ChangeBaudrate(in LoaderRequest request)
    {
        if (request.Data.Length != 2 * sizeof(uint))
        {
            return LoaderStatus.InvalidFormat;
        }

        var baud = request.Word(0);
        if (baud is < MinBaud or > MaxBaud)
        {
            return LoaderStatus.Failed;
        }

        _bus.HostBaud = (int)baud;
        return LoaderStatus.Ok;
    }
}
