using System.Globalization;
using System.IO;
using System.Linq;

namespace Makapix.Benchmarks;

/// <summary>Processor time of the programs that this one has started and that have ended.</summary>
internal static class ChildProcessor
{
    private const string Stat = "/proc/self/stat";

    /// <summary>What Linux counts it in, on every processor.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Seconds so far; null where the system does not tell.</summary>
    public static double? Seconds
    {
        get
        {
            if (!File.Exists(Stat))
            {
                return null;
            }

            // proc_pid_stat(5): pid (comm) state …, and as the 16th and 17th field cutime and cstime. A name may hold spaces and parentheses.
            var stat = File.ReadAllText(Stat);
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ').Skip(13).Take(2).Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }
}
