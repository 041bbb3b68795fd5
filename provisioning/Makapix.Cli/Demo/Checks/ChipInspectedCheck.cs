using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo.Checks;

/// <summary>The station worked on the chip that it was given, and knows what it is.</summary>
internal sealed class ChipInspectedCheck : IDemoCheck
{
    public string Name => "chip-inspected";

    public Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var chip = world.Provisioned.Chip;
        return chip.Mac.ToString() == world.ExpectedMac
            ? Task.FromResult($"{chip.Description}, revision {chip.MajorRevision}.{chip.MinorRevision}, {chip.FlashSize >> 20} MB of flash, MAC {chip.Mac}")
            : throw new CheckFailedException($"the chip on the port is {chip.Mac}, not {world.ExpectedMac}: somebody swapped it");
    }
}
