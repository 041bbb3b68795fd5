using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace Makapix.Conformance;

/// <summary>A full JSON Schema library, python3-jsonschema, in one process that lives as long as this object and answers whole batches.</summary>
public sealed class LibraryOracle : IDisposable
{
    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Task<string> _errors;

    /// <summary>Starts it.</summary>
    /// <param name="schemaFiles">The schemas; a payload names one by its place in this list.</param>
    /// <exception cref="OracleException">The library is not here.</exception>
    public LibraryOracle(IEnumerable<string> schemaFiles)
    {
        using var script = new StreamReader(typeof(LibraryOracle).Assembly.GetManifestResourceStream("library_oracle.py")!);
        _process = Process.Start(new ProcessStartInfo(Interpreter(), ["-c", script.ReadToEnd()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        (_input, _output) = (_process.StandardInput.BaseStream, _process.StandardOutput.BaseStream);
        _errors = _process.StandardError.ReadToEndAsync();
        _input.Write(Encoding.UTF8.GetBytes(string.Concat(schemaFiles.Select(file => $"{file}\n")) + "\n"));
        _input.Flush();
    }

    /// <summary>Whether the library accepts each payload.</summary>
    /// <exception cref="OracleException">It died.</exception>
    public bool[] Ask(int schema, IReadOnlyList<byte[]> payloads)
    {
        using var batch = new MemoryStream();
        using var writer = new BinaryWriter(batch);
        writer.Write((byte)schema);
        writer.Write(payloads.Count);
        foreach (var payload in payloads)
        {
            writer.Write(payload.Length);
            writer.Write(payload);
        }

        var verdicts = new byte[payloads.Count];
        try
        {
            batch.WriteTo(_input);
            _input.Flush();
            _output.ReadExactly(verdicts);
        }
        catch (IOException e)
        {
            throw new OracleException($"jsonschema died: {_errors.Result.TrimEnd().Split('\n')[^1]}. Run ./makapix doctor.", e);
        }

        return Array.ConvertAll(verdicts, verdict => verdict == 'a');
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    /// <summary>The first python3 that has the library: on PATH there may be one before the distribution's.</summary>
    private static string Interpreter() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append("/usr/bin")
            .Select(folder => Path.Combine(folder, "python3")).Distinct().Where(File.Exists).FirstOrDefault(HasLibrary)
        ?? throw new OracleException("no python3 has jsonschema. Run ./makapix doctor.");

    private static bool HasLibrary(string python)
    {
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import jsonschema"]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
