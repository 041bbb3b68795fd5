using System.Diagnostics;

namespace Makapix.Benchmarks;

/// <summary>How long the ledger takes for its commits: until what was written is on the disk.</summary>
internal sealed class CommitClock
{
    private Samples _commits = new();
    private long _begun;

    /// <summary>One of them, milliseconds.</summary>
    public double Median => _commits.Median;

    /// <summary>All of them, milliseconds.</summary>
    public double Total { get; private set; }

    /// <summary>Is told before each step that changes the database.</summary>
    public void BeforeWrite(string step)
    {
        if (step == "commit")
        {
            _begun = Stopwatch.GetTimestamp();
        }
        else if (step == "committed")
        {
            var taken = Stopwatch.GetElapsedTime(_begun).TotalMilliseconds;
            _commits.Add(taken);
            Total += taken;
        }
    }

    /// <summary>Forgets them.</summary>
    public void Reset() => (_commits, Total) = (new Samples(), 0);
}
