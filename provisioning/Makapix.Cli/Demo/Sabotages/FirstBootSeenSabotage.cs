using System;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Firmware;

namespace Makapix.Cli.Demo.Sabotages;

internal sealed class FirstBootSeenSabotage : Sabotage
{
    public override string Check => "first-boot-seen";

    public override string What => "the firmware hangs at its first boot, so that the line writes the flash once more";

    public override IVirtualFirmware Firmware(IVirtualFirmware firmware) => new HangsOnce(firmware);

    private sealed class HangsOnce(IVirtualFirmware inner) : IVirtualFirmware
    {
        private bool _hung;

        public IRunningFirmware Start(ReadOnlyMemory<byte> identityBlob)
        {
            var hangs = !_hung;
            _hung = true;
            return hangs ? new Hanging() : inner.Start(identityBlob);
        }
    }

    private sealed class Hanging : IRunningFirmware
    {
        public ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> bytes) => default;

        public ValueTask DisposeAsync() => default;
    }
}
