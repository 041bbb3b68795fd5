using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo.Checks;

/// <summary>The line saw the device online at its broker at its very first boot, and heard nothing of the debug protocol, before it called it a device.</summary>
internal sealed class FirstBootSeenCheck : IDemoCheck
{
    public string Name => "first-boot-seen";

    public Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var boot = world.Provisioned.FirstBoot ?? throw new CheckFailedException("the line has not watched the first boot");
        if (boot.Boots != 1)
        {
            throw new CheckFailedException($"the first boot was not seen; only boot {boot.Boots}, after the flash was written once more, was");
        }

        return boot.WireProtocol
            ? throw new CheckFailedException("the chip answers the debug protocol")
            : Task.FromResult($"the line saw it online {boot.Seconds:0.0} s after the reset, with firmware {boot.FirmwareVersion} as the bundle has it; its port is silent to the debug protocol");
    }
}
