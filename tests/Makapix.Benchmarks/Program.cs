using System;
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

try
{
    foreach (var benchmark in chosen)
    {
        var figures = benchmark.Run();
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { name = benchmark.Name, figures = figures.ToDictionary(figure => figure.Key, figure => Math.Round(figure.Value, 2)) }));
            continue;
        }

        Console.Out.WriteLine($"{benchmark.Name}: {benchmark.Description}");
        foreach (var (name, value) in figures)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-30}{value,14:0.##}"));
        }
    }

    return 0;
}
catch (BenchmarkException e)
{
    Console.Error.WriteLine($"MKX-BENCH-001: {e.Message}");
    return 1;
}
