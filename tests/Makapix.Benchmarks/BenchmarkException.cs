using System;

namespace Makapix.Benchmarks;

/// <summary>A benchmark that could not be run, or whose two sides did not do the same.</summary>
internal sealed class BenchmarkException(string message, Exception? inner = null) : Exception(message, inner);
