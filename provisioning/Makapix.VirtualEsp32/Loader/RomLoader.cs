using System;
using Makapix.VirtualEsp32.Registers;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>
/// The ROM's serial loader between one reset and the next. Whatever a packet holds, it is answered as the ROM answers, or not at all;
/// only a lost supply or an unwritable state file gets out of here.
/// </summary>
internal sealed partial class RomLoader : IDisposable
{
    private readonly VirtualChip _chip;
    private readonly SpiController _spi;
    private readonly RegisterBus _bus;
    private readonly bool _locked;
    private bool _left;
    private uint _value;
    private byte[] _data = [];

    /// <summary>A chip just reset into download mode.</summary>
    public RomLoader(VirtualChip chip)
    {
        _chip = chip;
        _spi = new SpiController(chip.Model.Registers.Spi, chip.Flash);
        _bus = new RegisterBus(chip.Model.Registers, _spi, chip.Model.CreateController(chip.Efuses));

        // Sampled at reset, so the burn itself is still answered.
        _left = chip.Efuses.Read(chip.Model.DownloadOff) != 0;
        _locked = !chip.Model.IsClassic && chip.Efuses.Read("ENABLE_SECURITY_DOWNLOAD") != 0;
    }

    /// <summary>The rate that the host has asked for, or the ROM's own.</summary>
    public int HostBaud => _bus.HostBaud;

    /// <summary>Whether the host has told the chip to leave the loader and boot.</summary>
    public bool RunRequested { get; private set; }

    /// <summary>Whether that is the packet by which a host looks for a loader.</summary>
    public static bool IsSync(ReadOnlySpan<byte> packet) => LoaderRequest.TryRead(packet, out var request) && request is { IsWellFormed: true, Command: LoaderCommand.Sync };

    /// <summary>Handles one packet; the reply stays empty if there is nobody who would answer.</summary>
    public void Handle(ReadOnlySpan<byte> packet, LoaderReply reply)
    {
        if (_left || !LoaderRequest.TryRead(packet, out var request))
        {
            return;
        }

        lock (_chip.Gate)
        {
            _value = 0;
            _data = [];
            if (_locked && !IsLeftByLock(request.Command))
            {
                Refuse(reply);
                return;
            }

            var status = request.IsWellFormed ? Execute(request) : LoaderStatus.InvalidFormat;
            var replies = request.Command == LoaderCommand.Sync && status == LoaderStatus.Ok ? SyncReplies : 1;
            for (var i = 0; i < replies; i++)
            {
                reply.Add(request.Command, status, _value, status == LoaderStatus.Ok ? _data : []);
            }
        }
    }

    public void Dispose() => _download?.Dispose();

    private LoaderStatus Execute(in LoaderRequest request) => request.Command switch
    {
        LoaderCommand.Sync => Sync(request),
        LoaderCommand.ReadReg => ReadRegister(request),
        LoaderCommand.WriteReg => WriteRegisters(request),
        LoaderCommand.ChangeBaudrate => ChangeBaudrate(request),
        LoaderCommand.SpiAttach => AttachFlash(request),
        LoaderCommand.SpiSetParams => SetFlashParameters(request),
        LoaderCommand.FlashBegin => BeginDownload(request, compressed: false),
        LoaderCommand.FlashDeflBegin => BeginDownload(request, compressed: true),
        LoaderCommand.FlashData => WriteBlock<PlainDownload>(request),
        LoaderCommand.FlashDeflData => WriteBlock<DeflateDownload>(request),
        LoaderCommand.FlashEnd or LoaderCommand.FlashDeflEnd => EndDownload(request),
        LoaderCommand.SpiFlashMd5 => HashFlash(request),
        LoaderCommand.ReadFlashSlow => ReadFlash(request),
        LoaderCommand.GetSecurityInfo => TellSecurity(request),
        _ => LoaderStatus.InvalidFormat, // MEM_*, since no stub can run here
    };
}
