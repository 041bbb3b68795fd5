using System;
using System.Buffers.Binary;
using Makapix.VirtualEsp32.Efuse;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>Who the chip is and how far it is locked, and what it still does when it is (esptool documentation, "Secure Download Mode").</summary>
internal sealed partial class RomLoader
{
    private const int SecurityInfoSize = 20;
    private const int PurposesOffset = 5;
    private const int ChipIdOffset = 12;
    private const int Refusals = 8;
    private const LoaderCommand NoCommand = 0;

    // By bit of the flags; a chip that does not know the name of one has 0 there.
    private static readonly string[] SecurityFlags =
    [
        "SECURE_BOOT_EN", "SECURE_BOOT_AGGRESSIVE_REVOKE", "ENABLE_SECURITY_DOWNLOAD", "SECURE_BOOT_KEY_REVOKE0", "SECURE_BOOT_KEY_REVOKE1", "SECURE_BOOT_KEY_REVOKE2",
        "SOFT_DIS_JTAG", "DIS_PAD_JTAG", "DIS_USB_SERIAL_JTAG", "DIS_DOWNLOAD_DCACHE", "DIS_DOWNLOAD_ICACHE",
    ];

    /// <summary>What secure download mode leaves: flash is written, and nothing read, run or burned.</summary>
    private static bool IsLeftByLock(LoaderCommand command) => command is LoaderCommand.Sync or LoaderCommand.GetSecurityInfo or LoaderCommand.ChangeBaudrate
        or LoaderCommand.SpiAttach or LoaderCommand.SpiSetParams
        or LoaderCommand.FlashBegin or LoaderCommand.FlashData or LoaderCommand.FlashEnd
        or LoaderCommand.FlashDeflBegin or LoaderCommand.FlashDeflData or LoaderCommand.FlashDeflEnd;

    /// <summary>
    /// What the ROM says of a command that it does not do any more. By the reply that names another command esptool knows secure download mode; it says so eight times
    /// (esptool, <c>ESPLoader.command</c>).
    /// </summary>
    private static void Refuse(LoaderReply reply)
    {
        for (var i = 0; i < Refusals; i++)
        {
            reply.Add(NoCommand, LoaderStatus.InvalidFormat, 0, []);
        }
    }

    private LoaderStatus TellSecurity(in LoaderRequest request)
    {
        // The ESP32's ROM does not know the command; esptool goes by its magic number then.
        if (_chip.Model.IsClassic || !request.Data.IsEmpty)
        {
            return LoaderStatus.InvalidFormat;
        }

        var efuses = _chip.Efuses;
        var flags = 0u;
        for (var bit = 0; bit < SecurityFlags.Length; bit++)
        {
            flags |= efuses.Has(SecurityFlags[bit]) && efuses.Read(SecurityFlags[bit]) != 0 ? 1u << bit : 0;
        }

        _data = new byte[SecurityInfoSize];
        BinaryPrimitives.WriteUInt32LittleEndian(_data, flags);
        _data[sizeof(uint)] = (byte)efuses.Read(efuses.Map.CryptCounter);
        for (var key = 0; key < KeyBlockEfuses.KeyBlocks; key++)
        {
            _data[PurposesOffset + key] = (byte)efuses.Read($"KEY_PURPOSE_{key}");
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_data.AsSpan(ChipIdOffset), _chip.Model.Profile.ImageChipId);
        return LoaderStatus.Ok;
    }
}
