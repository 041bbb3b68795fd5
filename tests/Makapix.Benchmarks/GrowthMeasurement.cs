using System.Diagnostics;

namespace Makapix.Benchmarks;

/// <summary>
/// What a device takes in a ledger without others and in a large one, by turns. Devices are counted by the twenty-five, so that the
/// checkpoints of SQLite, one every few devices, are in each of the times.
/// </summary>
internal sealed class GrowthMeasurement(BenchLedger first, BenchLedger large, int devices)
{
    private const int Together = 25;

    private readonly (Samples All, Samples Work) _first = (new Samples(), new Samples());
    private readonly (Samples All, Samples Work) _large = (new Samples(), new Samples());

    public void Run(Figures figures)
    {
        var entries = large.Entries;
        for (var done = 0; done < devices; done += Together)
        {
            Turns();
        }

        figures["entries_per_device"] = (double)(large.Entries - entries) / devices;
        figures["first_ms"] = _first.All.Median;
        figures["last_ms"] = _large.All.Median;
        figures["growth_ratio"] = _large.All.Over(_first.All);
        figures["first_without_commits_ms"] = _first.Work.Median;
        figures["last_without_commits_ms"] = _large.Work.Median;
        figures["growth_without_commits_ratio"] = _large.Work.Over(_first.Work);
        figures["commits_share"] = 1 - (_large.Work.Sum / _large.All.Sum);
    }

    private void Turns()
    {
        var (ofFirst, ofLarge) = ((All: 0.0, Work: 0.0), (All: 0.0, Work: 0.0));
        for (var i = 0; i < Together; i++)
        {
            // Whoever comes second finds a disk that was just written to.
            if (i % 2 == 0)
            {
                Time(first, ref ofFirst);
            }

            Time(large, ref ofLarge);
            if (i % 2 != 0)
            {
                Time(first, ref ofFirst);
            }
        }

        Add(_first, ofFirst);
        Add(_large, ofLarge);
    }

    private static void Add((Samples All, Samples Work) samples, (double All, double Work) times)
    {
        samples.All.Add(times.All / Together);
        samples.Work.Add(times.Work / Together);
    }

    private static void Time(BenchLedger ledger, ref (double All, double Work) times)
    {
        var (start, commits) = (Stopwatch.GetTimestamp(), ledger.Committing);
        ledger.Provision();
        var all = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        times = (times.All + all, times.Work + all - (ledger.Committing - commits));
    }
}
