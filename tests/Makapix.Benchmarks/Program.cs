using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Makapix.Benchmarks;

var json = args.Contains("--json");
var names = args.Where(argument => argument != "--json").ToArray();
var chosen = BenchmarkRegistry.All.Where(benchmark => names.Length == 0 || benchmark.Name == names[0]).ToArray();
if (names.Length > 1 || chosen.Length == 0)
{
    Console.Error.WriteLine("Usage: makapix bench [NAME] [--json]. Benchmarks:");
    foreach (var benchmark in BenchmarkRegistry.All)
    {
        Console.Error.WriteLine($"  {benchmark.Name}  {benchmark.Description}");
    }

    return 2;
}

#if DEBUG
Console.Error.WriteLine("Note: this is a debug build; its own figures are several times too slow.");
#endif

foreach (var benchmark in chosen)
{
    try
    {
        Print(benchmark, benchmark.Run());
    }
    catch (BenchmarkException e)
    {
        if (e.Figures.Count > 0)
        {
            Print(benchmark, e.Figures);
        }

        Console.Error.WriteLine($"MKX-BENCH-001: {e.Message}");
        return 1;
    }
}

return 0;

void Print(IBenchmark benchmark, IReadOnlyDictionary<string, double> figures)
{
    if (json)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(new { name = benchmark.Name, figures = figures.ToDictionary(figure => figure.Key, figure => Math.Round(figure.Value, 2)) }));
        return;
    }

    Console.Out.WriteLine($"{benchmark.Name}: {benchmark.Description}");
    foreach (var (name, value) in figures)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-28}{value,14:0.##}"));
    }
}
