using System.Collections.Generic;
using System.Linq;
using Makapix.Footprint;

namespace Makapix.Benchmarks;

/// <summary>
/// What the core's objects take of a 32-bit nanoCLR's heap, in nanoCLR's own sizes: the parts of a life of a device, each at its largest, and who holds the most at
/// the largest of all. Over the bound it fails.
/// </summary>
internal sealed class FootprintBenchmark : IBenchmark
{
    private const int Owners = 16;

    public string Name => "footprint";

    public string Description => "the managed heap of nanoCLR that the core's objects take in a whole life of a device";

    public IReadOnlyDictionary<string, double> Run()
    {
        var stages = MeasuredLife.Run();
        var largest = stages.MaxBy(stage => stage.Heap.Bytes)!;
        var figures = new Dictionary<string, double>();
        foreach (var stage in stages)
        {
            figures[$"{stage.Name.Replace(' ', '_')}_bytes"] = stage.Heap.Bytes;
        }

        foreach (var line in largest.Heap.Lines.Take(Owners))
        {
            figures[$"{line.Owner.Replace(' ', '_')}_bytes"] = line.Bytes;
        }

        figures["others_bytes"] = largest.Heap.Lines.Skip(Owners).Sum(line => line.Bytes);
        figures["objects"] = largest.Heap.Objects;
        figures["largest_bytes"] = largest.Heap.Bytes;
        figures["bound_bytes"] = MeasuredLife.Bound;
        figures["left_bytes"] = MeasuredLife.Bound - largest.Heap.Bytes;
        return largest.Heap.Bytes <= MeasuredLife.Bound
            ? figures
            : throw new BenchmarkException($"the core takes {largest.Heap.Bytes} bytes ({largest.Name}), over its bound of {MeasuredLife.Bound}: {string.Join(", ", largest.Heap.Lines.Take(Owners).Select(line => $"{line.Owner} {line.Bytes}"))}.");
    }
}
