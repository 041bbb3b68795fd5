using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Makapix.Provisioning.Images;

namespace Makapix.Benchmarks;

/// <summary>
/// The per-device work of a station: one firmware encrypted with a fresh key. Ours in this process, and the espsecure process that would be
/// started instead, in turns on the same image; the results are compared, so that only equal work is timed.
/// </summary>
internal sealed class EncryptBenchmark : IBenchmark
{
    private const int ImageLength = 1_900_000;
    private const int Repetitions = 7;
    private const uint Address = 0x10000;

    public string Name => "encrypt";

    public string Description => "ESP32 flash encryption of a 1.9 MB image: makapix and the espsecure process";

    public IReadOnlyDictionary<string, double> Run()
    {
        var random = new Random(ImageLength);
        var key = new byte[Esp32FlashCipher.KeyLength];
        var image = new byte[ImageLength];
        random.NextBytes(key);
        random.NextBytes(image);

        var scratch = Directory.CreateTempSubdirectory("makapix-bench-").FullName;
        try
        {
            var ours = new List<double>();
            var theirs = new List<double>();
            Encrypt(key, image);
            for (var i = 0; i < Repetitions; i++)
            {
                var start = Stopwatch.GetTimestamp();
                var encrypted = Encrypt(key, image);
                ours.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                theirs.Add(Espsecure(scratch, key, image, encrypted));
            }

            return new Dictionary<string, double>
            {
                ["bytes"] = ImageLength,
                ["repetitions"] = Repetitions,
                ["makapix_ms"] = Median(ours),
                ["espsecure_ms"] = Median(theirs),
                ["ratio"] = Median(theirs) / Median(ours),
            };
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static byte[] Encrypt(byte[] key, byte[] image)
    {
        var data = (byte[])image.Clone();
        using var cipher = new Esp32FlashCipher(key);
        cipher.Encrypt(data, Address);
        return data;
    }

    private static double Espsecure(string scratch, byte[] key, byte[] image, byte[] expected)
    {
        var (keyFile, input, output) = (Path.Combine(scratch, "key"), Path.Combine(scratch, "in"), Path.Combine(scratch, "out"));
        File.WriteAllBytes(keyFile, key);
        File.WriteAllBytes(input, image);
        string[] arguments = ["encrypt_flash_data", "--keyfile", keyFile, "--address", $"0x{Address:x}", "--output", output, input];
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

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Repetitions / 2);
}
