using System;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Power;

namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>A chip with its server, on a port of its own.</summary>
internal sealed class TestChip : IAsyncDisposable
{
    private readonly ChipDirectory? _owned;

    private TestChip(ChipDirectory directory, bool owned, IPowerSupply? power, int? baud, TestFirmware? firmware = null)
    {
        Directory = directory;
        _owned = owned ? directory : null;
        Chip = VirtualChip.Open(directory.Path, power: power);
        Server = LoaderServer.Start(Chip, new LoaderServerOptions { Baud = baud, Firmware = firmware, Log = firmware is null ? null : firmware.Log.Enqueue });
    }

    public ChipDirectory Directory { get; }

    public VirtualChip Chip { get; }

    public LoaderServer Server { get; }

    public static TestChip Start(int? baud = null) => new(new ChipDirectory(), owned: true, power: null, baud);

    public static TestChip Start(TestFirmware firmware) => new(new ChipDirectory(), owned: true, power: null, baud: null, firmware);

    public static TestChip Start(ChipDirectory directory, IPowerSupply? power = null) => new(directory, owned: false, power, baud: null);

    /// <summary>A host that has just connected: the chip is reset, nothing is attached.</summary>
    public LoaderClient Connect() => new(Server.EndPoint);

    /// <summary>A host that has attached the flash.</summary>
    public LoaderClient ConnectToFlash()
    {
        var client = Connect();
        client.Expect(Op.SpiAttach, LoaderClient.Words(0, 0));
        return client;
    }

    public byte[] ReadFlash(uint address, int length)
    {
        var content = new byte[length];
        Chip.Flash.Read(address, content);
        return content;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Chip.Dispose();
        _owned?.Dispose();
    }
}
