using System.Collections.Generic;

namespace Makapix.Benchmarks;

/// <summary>All benchmarks, in the order in which they run.</summary>
internal static class BenchmarkRegistry
{
    public static IReadOnlyList<IBenchmark> All { get; } =
        [new EncryptBenchmark(), new GuardBenchmark(), new FootprintBenchmark(), new LeafBenchmark(), new CrlBenchmark(), new LedgerBenchmark(), new PortsBenchmark(), new PowerCutsBenchmark()];
}
