using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;

namespace Makapix.Benchmarks;

/// <summary>
/// The per-device work of a station: one firmware encrypted with a fresh key, as each chip has it. Ours in this process, and the espsecure
/// process that would be started instead, in turns on the same image; the results are compared, so that only equal work is timed.
/// </summary>
internal sealed class EncryptBenchmark : IBenchmark
{
    private const int ImageLength = 1_900_000;
    private const int Repetitions = 7;
    private const uint Address = 0x10000;
    private const string Ratio = "_ratio";
    private const int LeastRatio = 20;

    private static readonly JsonSerializerOptions Names = new() { Converters = { new JsonStringEnumConverter() } };

    public string Name => "encrypt";

    public string Description => "flash encryption of a 1.9 MB image for every chip: makapix and the espsecure process";

    public IReadOnlyDictionary<string, double> Run()
    {
        var random = new Random(ImageLength);
        var image = new byte[ImageLength];
        random.NextBytes(image);
        var figures = new Dictionary<string, double> { ["bytes"] = ImageLength, ["repetitions"] = Repetitions };
        var scratch = Directory.CreateTempSubdirectory("makapix-bench-").FullName;
        try
        {
            foreach (var cipher in ChipProfiles.All.SelectMany(chip => chip.Ciphers).DistinctBy(cipher => cipher.Kind))
            {
                var key = new byte[cipher.KeyLength];
                random.NextBytes(key);
                var (ours, theirs) = Measure(cipher.Kind, scratch, key, image);
                var name = NameOf(cipher.Kind);
                figures[$"{name}_makapix_ms"] = ours;
                figures[$"{name}_espsecure_ms"] = theirs;
                figures[name + Ratio] = theirs / ours;
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }

        return figures.FirstOrDefault(figure => figure.Key.EndsWith(Ratio, StringComparison.Ordinal) && figure.Value < LeastRatio) is { Key: { } slow }
            ? throw new BenchmarkException($"{slow} is below {LeastRatio}.") { Figures = figures }
            : figures;
    }

    private static (double Ours, double Theirs) Measure(FlashCipherKind kind, string scratch, byte[] key, byte[] image)
    {
        var ours = new List<double>();
        var theirs = new List<double>();
        Encrypt(kind, key, image);
        for (var i = 0; i < Repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var encrypted = Encrypt(kind, key, image);
            ours.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            theirs.Add(Espsecure(kind, scratch, key, image, encrypted));
        }

        return (Median(ours), Median(theirs));
    }

    private static byte[] Encrypt(FlashCipherKind kind, byte[] key, byte[] image)
    {
        var data = (byte[])image.Clone();
        using var cipher = FlashCiphers.Create(kind, key);
        cipher.Encrypt(data, Address);
        return data;
    }

    private static double Espsecure(FlashCipherKind kind, string scratch, byte[] key, byte[] image, byte[] expected)
    {
        var (keyFile, input, output) = (Path.Combine(scratch, "key"), Path.Combine(scratch, "in"), Path.Combine(scratch, "out"));
        File.WriteAllBytes(keyFile, key);
        File.WriteAllBytes(input, image);
        string[] scheme = kind == FlashCipherKind.Esp32Aes256 ? [] : ["--aes_xts"];
        string[] arguments = ["encrypt_flash_data", .. scheme, "--keyfile", keyFile, "--address", $"0x{Address:x}", "--output", output, input];
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var process = Process.Start(new ProcessStartInfo("espsecure", arguments) { RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
        }
        catch (Win32Exception e)
        {
            throw new BenchmarkException("espsecure is not on PATH. Run ./makapix doctor.", e);
        }

        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return File.Exists(output) && File.ReadAllBytes(output).AsSpan().SequenceEqual(expected)
            ? elapsed
            : throw new BenchmarkException("espsecure did not make the same bytes.");
    }

    /// <summary><c>xts_aes_128</c>, as the profiles have it but for the dashes.</summary>
    private static string NameOf(FlashCipherKind kind) => JsonSerializer.Serialize(kind, Names).Trim('"').Replace('-', '_');

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Repetitions / 2);
}
