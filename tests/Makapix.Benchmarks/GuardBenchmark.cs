using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Conformance;

namespace Makapix.Benchmarks;

/// <summary>
/// The payload guard against python3-jsonschema and System.Text.Json: 100,000 generated and mutated payloads of each schema, and whether all three agree.
/// It is a proof as much as a measurement, and takes some minutes: the library is the slow one.
/// </summary>
internal sealed class GuardBenchmark : IBenchmark
{
    private const int PayloadsPerSchema = 100_000;
    private const int Seed = 20260819;

    public string Name => "guard";

    public string Description => "the payload guard's verdicts, a JSON Schema library's and a strict parser's on 100,000 payloads of each schema";

    public IReadOnlyDictionary<string, double> Run()
    {
        var names = ContractSchemas.Names;
        var results = new ConformanceResult[names.Count];
        try
        {
            Parallel.For(0, names.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            {
                var file = ContractSchemas.File(names[i]);
                using var library = new LibraryOracle([file]);
                results[i] = ConformanceRun.Of(file, PayloadsPerSchema, Seed, library);
            });
        }
        catch (AggregateException e) when (e.InnerException is OracleException cause)
        {
            throw new BenchmarkException(cause.Message, cause);
        }

        if (results.FirstOrDefault(result => result.Differences + result.Exceptions + result.AllocatedBytes > 0) is { } broken)
        {
            throw new BenchmarkException($"of one schema {broken.Differences} verdicts differ, {broken.Exceptions} are exceptions, and {broken.AllocatedBytes} bytes were allocated. {broken.FirstDifference}");
        }

        double payloads = results.Sum(result => result.Payloads);
        return new Dictionary<string, double>
        {
            ["schemas"] = names.Count,
            ["payloads_per_schema"] = PayloadsPerSchema,
            ["accepted"] = results.Sum(result => result.Accepted),
            ["rejected"] = payloads - results.Sum(result => result.Accepted),
            ["differences"] = results.Sum(result => result.Differences),
            ["exceptions"] = results.Sum(result => result.Exceptions),
            ["allocated_bytes"] = results.Sum(result => result.AllocatedBytes),
            ["guard_us"] = results.Sum(result => result.GuardTime.TotalMicroseconds) / payloads,
            ["library_us"] = results.Sum(result => result.LibraryTime.TotalMicroseconds) / payloads,
            ["payload_bytes"] = results.Sum(result => result.PayloadBytes) / payloads,
        };
    }
}
