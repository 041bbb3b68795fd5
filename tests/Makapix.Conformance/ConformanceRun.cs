using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using Makapix.Device.Host.Schemas;
using Makapix.Device.Payloads;

namespace Makapix.Conformance;

/// <summary>Holds the guard of one schema against a strict parser and, if it is given one, against the library.</summary>
public static class ConformanceRun
{
    private const int BatchSize = 2000;

    /// <summary>Judges so many generated payloads.</summary>
    /// <param name="schemaFile">The schema; the guard's table is compiled from it.</param>
    /// <param name="payloads">How many.</param>
    /// <param name="seed">Which.</param>
    /// <param name="library">The library; null to leave it out.</param>
    /// <param name="index">The place of the schema in the library's list.</param>
    public static ConformanceResult Of(string schemaFile, int payloads, int seed, LibraryOracle? library = null, int index = 0)
    {
        var schema = File.ReadAllText(schemaFile);
        var guard = new PayloadGuard(SchemaCompiler.CompileTable(Path.GetFileName(schemaFile), schema), seed);
        var generator = new PayloadGenerator(schema, seed);
        var result = new ConformanceResult { Payloads = payloads };
        Judge(guard, [generator.Next(), [], [0xFF]], new RejectCause[3], new ConformanceResult());
        for (var done = 0; done < payloads; done += BatchSize)
        {
            var batch = new List<byte[]>();
            while (batch.Count < Math.Min(BatchSize, payloads - done))
            {
                batch.Add(generator.Next());
            }

            var causes = new RejectCause[batch.Count];
            result = Judge(guard, batch, causes, result);
            var start = Stopwatch.GetTimestamp();
            var verdicts = library?.Ask(index, batch);
            result = result with { LibraryTime = result.LibraryTime + (library is null ? TimeSpan.Zero : Stopwatch.GetElapsedTime(start)) };
            for (var i = 0; i < batch.Count; i++)
            {
                result = Compare(batch[i], causes[i], verdicts?[i], result);
            }
        }

        return result;
    }

    private static ConformanceResult Judge(PayloadGuard guard, IReadOnlyList<byte[]> batch, RejectCause[] causes, ConformanceResult result)
    {
        var start = Stopwatch.GetTimestamp();
        var (exceptions, allocated) = JudgeOnce(guard, batch, causes);
        var time = Stopwatch.GetElapsedTime(start);
        if (allocated > 0)
        {
            // A collection that another thread starts meanwhile is booked here, as the rest of this thread's allocation buffer. What the guard allocates, it allocates again.
            allocated = Math.Min(allocated, JudgeOnce(guard, batch, causes).Allocated);
        }

        return result with
        {
            Exceptions = result.Exceptions + exceptions,
            AllocatedBytes = result.AllocatedBytes + allocated,
            PayloadBytes = result.PayloadBytes + batch.Sum(payload => (long)payload.Length),
            GuardTime = result.GuardTime + time,
        };
    }

    private static (int Exceptions, long Allocated) JudgeOnce(PayloadGuard guard, IReadOnlyList<byte[]> batch, RejectCause[] causes)
    {
        var exceptions = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < causes.Length; i++)
        {
            try
            {
                causes[i] = guard.Inspect(batch[i], 0, batch[i].Length);
            }
            catch (Exception)
            {
                exceptions++;
            }
        }

        return (exceptions, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ConformanceResult Compare(byte[] payload, RejectCause cause, bool? library, ConformanceResult result)
    {
        var accepted = cause == RejectCause.None;
        result = result with { Accepted = result.Accepted + (accepted ? 1 : 0) };

        // The parser knows no schema: it has a say on what is not even JSON, and on what has a name twice.
        var syntax = cause is not (RejectCause.Oversize or RejectCause.Syntax or RejectCause.Text or RejectCause.Depth or RejectCause.Trailing);
        var parser = payload.Length <= PayloadGuard.MaxPayload && ParserOracle.IsSyntax(payload);
        var ambiguous = cause == RejectCause.DuplicateName ? ParserOracle.IsUnambiguous(payload) : accepted && !ParserOracle.IsUnambiguous(payload);
        if (syntax == parser && !ambiguous && (library is null || library == accepted))
        {
            return result;
        }

        return result with
        {
            Differences = result.Differences + 1,
            FirstDifference = result.FirstDifference ?? $"guard {RejectCauses.Name(cause)}, parser {parser}, library {library}: {Encoding.Latin1.GetString(payload)}",
        };
    }
}
