using System;
using System.Threading.Tasks;
using Makapix.Device.Host;
using Makapix.VirtualEsp32.Firmware;

namespace Makapix.Cli;

/// <summary>What a virtual chip runs: the device's own code, from the identity that the chip booted with.</summary>
internal sealed class HostFirmware : IVirtualFirmware
{
    public IRunningFirmware Start(ReadOnlyMemory<byte> identityBlob) => new Running(new DeviceHost(identityBlob));

    private sealed class Running : IRunningFirmware
    {
        private readonly DeviceHost _device;
        private readonly Task _life;

        public Running(DeviceHost device)
        {
            _device = device;
            _life = device.RunAsync();
        }

        // As the hardened nanoCLR does, which has no debug protocol.
        public ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> bytes) => default;

        public async ValueTask DisposeAsync()
        {
            _device.Dispose();
            await _life;
        }
    }
}
