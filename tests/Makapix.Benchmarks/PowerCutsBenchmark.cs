using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.PowerCuts;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Makapix.VirtualEsp32.Power;

namespace Makapix.Benchmarks;

/// <summary>
/// A power cut at every erase and every burn of a whole provisioning, and at one page program of each sector; then the line again. The last burn of <c>sealed</c> is cut too.
/// Each board is a virtual chip with a stand-in of the tools, whose processes would take hours; a test holds that against the real ones.
/// </summary>
internal sealed class PowerCutsBenchmark : IBenchmark
{
    private const string Passphrase = "for no secret";
    private const int Seed = 2026;

    /// <summary>How often each burn is cut: each time other bits of it are left.</summary>
    private const int TimesABurn = 64;

    /// <summary>On a machine that takes longer than this, something is wrong with it, or with the line.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(20);

    public string Name => "powercuts";

    public string Description => "a power cut at every erase and burn of a provisioning and at one of each sector's 16 page programs, drawn by a seed; then the line again (20 min at most)";

    public IReadOnlyDictionary<string, double> Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<IReadOnlyDictionary<string, double>> RunAsync()
    {
        using var folder = new DiskFolder();
        DemoBundle.Create(folder.At("bundle"));
        var bundle = FirmwareBundle.Load(folder.At("bundle"));
        var start = Stopwatch.GetTimestamp();
        using var budget = new CancellationTokenSource(Budget);
        var results = new List<CutResult>();
        var map = new List<PowerOperation>();
        PowerCutCampaign release, @sealed;
        using (var authority = CertificateAuthority.Init(new CeremonyPlan(folder.At("authority"), folder.At("root")), Passphrase, Passphrase + " either"))
        {
            release = new PowerCutCampaign(authority, bundle, folder.At("release"));
            @sealed = new PowerCutCampaign(authority, bundle, folder.At("sealed")) { Policy = ProvisioningPolicy.Sealed };
            map.AddRange(await release.MapAsync());
            var burns = CutPoints.Burns(await @sealed.MapAsync(), Seed, TimesABurn);
            try
            {
                results.AddRange(await release.RunAsync(CutPoints.All(map, Seed, TimesABurn), budget.Token));
                results.AddRange(await @sealed.RunAsync(burns, budget.Token));
            }
            catch (OperationCanceledException)
            {
                throw new BenchmarkException($"the power was not cut everywhere within {Budget.TotalMinutes:0} min. Run it again when the machine has nothing else to do.");
            }
        }

        // The ledger is closed: only now it may be read as a file.
        var found = release.FindSecret(folder.Path) ?? @sealed.FindSecret(folder.Path);
        return Judge(map, results, found, Stopwatch.GetElapsedTime(start));
    }

    private static IReadOnlyDictionary<string, double> Judge(List<PowerOperation> map, List<CutResult> results, string? secret, TimeSpan took)
    {
        var violations = results.Where(result => result.Outcome == CutOutcome.Violation).Select(result => result.ToString()).Concat(secret is null ? [] : [$"a secret in {secret}"]).ToList();
        var figures = new Figures
        {
            ["erases"] = map.Count(operation => operation == PowerOperation.SectorErase),
            ["programs"] = map.Count(operation => operation == PowerOperation.PageProgram),
            ["burns"] = map.Count(operation => operation == PowerOperation.EfuseBurn),
            ["seed"] = Seed,
            ["points"] = results.Count,
            ["points_erases"] = results.Count(result => result.Point.Operation == PowerOperation.SectorErase),
            ["points_programs"] = results.Count(result => result.Point.Operation == PowerOperation.PageProgram),
            ["points_burns"] = results.Count(result => result.Point.Operation == PowerOperation.EfuseBurn),
            ["working"] = results.Count(result => result.Outcome == CutOutcome.Working),
            ["refused"] = results.Count(result => result.Outcome == CutOutcome.Refused),
            ["sealed_without_label"] = results.Count(result => result.Outcome == CutOutcome.Sealed),
            ["booted_before_all_fuses"] = results.Count(result => result.EarlyBoot),
            ["violations"] = violations.Count,
            ["budget_min"] = Budget.TotalMinutes,
            ["took_min"] = took.TotalMinutes,
        };

        // Not a matter of speed: no second run makes it good.
        return violations.Count == 0 ? figures.Judged() : throw new BenchmarkException($"the line does not hold what it promises: {string.Join("; ", violations.Take(5))}") { Figures = figures.All };
    }
}
