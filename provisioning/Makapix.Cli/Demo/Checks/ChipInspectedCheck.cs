using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo.Checks;

/// <summary>The station worked on the chip that it was given, and knows what it is.</summary>
internal sealed class ChipInspectedCheck : IDemoCheck
{
    public string Name => "chip-inspected";

    public Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var chip = world.Provisioned;
        return chip.Mac == world.ExpectedMac
            ? Task.FromResult($"{chip.Steps[0].Detail}: the board that was announced")
            : throw new CheckFailedException($"the chip on the port is {chip.Mac}, not {world.ExpectedMac}: somebody swapped it");
    }
}
