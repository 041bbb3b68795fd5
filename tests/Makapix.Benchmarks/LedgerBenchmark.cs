using System.Collections.Generic;
using System.Linq;
using Makapix.Provisioning.Ledger.Verification;

namespace Makapix.Benchmarks;

/// <summary>
/// A ledger that grows to 50,000 devices. What a device takes is compared between two ledgers on the same disk at the same time: one in which
/// it is of the first thousand, and one in which it is of the last; they take turns, device by device, so that a disk or a machine that is
/// busy is so for both. Each entry of these is a transaction of its own, as on the line; the 49,000 before the last thousand are the
/// same entries in larger transactions. Then questions to the large one, and its verification: bounds on these are on processor time, which
/// with nothing else to do is the time on the wall, since a ledger of that size is in the machine's memory by then.
/// </summary>
/// <param name="devices">Devices in the end.</param>
/// <param name="sample">How many of them are the first, and the last.</param>
/// <param name="entries">Entries of the audit trail for the verification, at least.</param>
internal sealed class LedgerBenchmark(int devices = 50_000, int sample = 1_000, int entries = 1_000_000) : IBenchmark
{
    private const double MostGrowth = 1.2;
    private const double MostVerifyMilliseconds = 10_000;
    private const int FillTransaction = 100;
    private const int Verifications = 2;

    public string Name => "ledger";

    public string Description => "what a device takes in a ledger of 50,000, how fast that answers, and the verification of 1,000,000 entries";

    public IReadOnlyDictionary<string, double> Run()
    {
        using var folder = new DiskFolder();
        using var first = new BenchLedger(folder.At("first.db"));
        using var large = new BenchLedger(folder.At("large.db"));
        large.Fill(devices - sample, FillTransaction);
        var figures = new Figures { ["devices"] = devices };
        new GrowthMeasurement(first, large, sample).Run(figures);
        figures.Require(figures["growth_ratio"] <= MostGrowth, $"one of the last devices takes more than {MostGrowth} times what one of the first takes");
        new LedgerQuestions(large.Ledger, devices, new ShowCommand(folder.Path, "large.db")).Run(figures);
        Verify(large, figures);
        return figures.Judged();
    }

    private void Verify(BenchLedger large, Figures figures)
    {
        while (large.Entries < entries)
        {
            large.Fill(FillTransaction, FillTransaction);
        }

        var verified = new Samples();
        for (var i = 0; i < Verifications; i++)
        {
            LedgerReport? report = null;
            verified.Time(() => report = LedgerVerifier.Verify(large.Ledger));
            if (!report!.Whole || report.Entries != large.Entries)
            {
                throw new BenchmarkException($"the ledger does not verify: {report.Findings.FirstOrDefault()}");
            }
        }

        figures["entries"] = large.Entries;
        verified.Put(figures, "verify");
        figures.Require(verified.Processor < MostVerifyMilliseconds, $"the verification takes more than {MostVerifyMilliseconds / 1000} s");
    }
}
