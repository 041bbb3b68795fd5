using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Line;

namespace Makapix.Cli.Demo.Checks;

/// <summary>espefuse reads back, from the chip, every eFuse of the policy.</summary>
internal sealed class EfusesBurnedCheck : IDemoCheck
{
    public string Name => "efuses-burned";

    public async Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var tools = (await EspTools.DetectAsync(new ProcessToolRunner(), cancel)).For(ChipProfiles.Esp32);
        var summary = await world.OnPortAsync(port => tools.Espefuse.SummaryAsync(ChipPort.Parse(port), cancel));
        var missing = EfusePlan.For(ChipProfiles.Esp32, ProvisioningPolicy.Release).Differences(summary, locked: true);
        return missing.IsEmpty
            ? $"espefuse: FLASH_CRYPT_CNT {summary.Number("FLASH_CRYPT_CNT")}, FLASH_CRYPT_CONFIG 0x{summary.Number("FLASH_CRYPT_CONFIG"):X}, key block protected both ways, JTAG and download cache off"
            : throw new CheckFailedException(string.Join("; ", missing));
    }
}
