using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.PowerCuts;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Images.Signing;
using Makapix.VirtualEsp32.Power;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>The power goes at every burn, each several times, and at some of the erases and programs; then the line is run again. <c>makapix bench powercuts</c> tries all.</summary>
[TestClass]
public sealed class PowerCutTests
{
    private const int Seed = 20_260;

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow(ProvisioningPolicy.Release, 2, 6)]
    [DataRow(ProvisioningPolicy.Sealed, 3, 4)]
    [DataRow(ProvisioningPolicy.Lab, 2, 2)]
    public async Task Burn_that_lost_its_power_leaves_a_device_or_scrap(ProvisioningPolicy policy, int burns, int times)
    {
        var campaign = Campaign(policy);
        var map = await campaign.MapAsync();
        Assert.AreEqual(burns, map.Count(operation => operation == PowerOperation.EfuseBurn));
        Judge(await campaign.RunAsync(CutPoints.Burns(map, Seed, times), TestContext.CancellationToken), burns * times);
    }

    [TestMethod]
    public async Task Burn_of_secure_boot_that_lost_its_power_leaves_a_device_or_scrap()
    {
        var campaign = new PowerCutCampaign(Workshop.Authority, FirmwareBundle.Load(await SigningBench.SignedAsync()), Workshop.NewPath());
        var map = await campaign.MapAsync();
        Judge(await campaign.RunAsync(CutPoints.Burns(map, Seed, times: 2), TestContext.CancellationToken), 5 * 2);
    }

    [TestMethod]
    public async Task Flash_that_lost_its_power_while_it_was_written_becomes_a_device()
    {
        var campaign = Campaign(ProvisioningPolicy.Release);
        var map = await campaign.MapAsync();
        var points = CutPoints.All(map, Seed, burns: 0).ToList();
        var sample = points.Where((_, i) => i % (points.Count / 8) == 0).ToList();
        Assert.HasCount(2, sample.Select(point => point.Operation).Distinct());
        var results = await campaign.RunAsync(sample, TestContext.CancellationToken);
        Judge(results, sample.Count);
        Assert.IsTrue(results.All(result => result.Outcome == CutOutcome.Working), "nothing is burned yet, so no board is lost");
    }

    [TestMethod]
    public async Task Chip_that_is_not_fused_as_planned_is_a_violation_and_so_this_campaign_finds_one()
    {
        var campaign = new PowerCutCampaign(Workshop.Authority, Workshop.Bundle, Workshop.NewPath()) { Expected = EfusePlan.For(ChipProfiles.Esp32, ProvisioningPolicy.Sealed) };
        var result = await campaign.RunAsync(new CutPoint(PowerOperation.SectorErase, 1, Seed));
        Assert.AreEqual(CutOutcome.Violation, result.Outcome);
        Assert.Contains("UART_DOWNLOAD_DIS", result.Detail);
    }

    [TestMethod]
    public async Task Stand_in_of_the_tools_needs_power_for_what_the_real_tools_need_it_for()
    {
        var ours = await Campaign(ProvisioningPolicy.Sealed).MapAsync();
        await using var bench = new LineBench();
        await bench.PowerDownAsync();
        var power = new RecordedPower();
        bench.PowerUp(power);
        await bench.ProvisionAsync(ProvisioningPolicy.Sealed);
        CollectionAssert.AreEqual(Shape([.. ours]), Shape([.. power.Operations]));
    }

    /// <summary>Erases and burns as they are; programs between them as one, since a page that comes in two blocks of the line is programmed in two halves.</summary>
    private static PowerOperation[] Shape(ImmutableArray<PowerOperation> operations) =>
        [.. operations.Where((operation, i) => operation != PowerOperation.PageProgram || i == 0 || operations[i - 1] != PowerOperation.PageProgram)];

    private static PowerCutCampaign Campaign(ProvisioningPolicy policy) => new(Workshop.Authority, Workshop.Bundle, Directory.CreateDirectory(Workshop.NewPath()).FullName) { Policy = policy };

    private static void Judge(System.Collections.Generic.IReadOnlyList<CutResult> results, int points)
    {
        Assert.HasCount(points, results);
        Assert.IsEmpty(results.Where(result => result.Outcome == CutOutcome.Violation).Select(result => result.ToString()).ToArray());
    }
}
