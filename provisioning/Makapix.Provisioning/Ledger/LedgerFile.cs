using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Ledger;

/// <summary><c>ledger.json</c> in an authority's folder: where its ledger is.</summary>
public static class LedgerFile
{
    /// <summary>Its name.</summary>
    public const string Name = "ledger.json";

    private const int MaxBytes = 4096;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict) { WriteIndented = true };

    /// <summary>Writes it.</summary>
    /// <param name="folder">The authority's folder, in which there is none yet.</param>
    /// <param name="ledger">A path that begins in that folder, or a connection string without a password.</param>
    /// <exception cref="LedgerException">MKX-LEDGER-006, 007, 011: not a place for a ledger.</exception>
    /// <exception cref="IOException">It is there, or cannot be written.</exception>
    public static void Write(string folder, string ledger)
    {
        _ = LedgerLocation.Parse(ledger, folder);
        DurableFile.Create(Path.Combine(folder, Name), [.. JsonSerializer.SerializeToUtf8Bytes(new Content(ledger), Options), (byte)'\n'], DurableFile.Private);
    }

    /// <exception cref="LedgerException">MKX-LEDGER-001: there is none. 019: it is damaged.</exception>
    internal static string Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            return new FileInfo(path).Length <= MaxBytes && JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), Options) is { Ledger.Length: > 0 } content
                ? content.Ledger
                : throw new JsonException();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw LedgerFailure.Missing(path, e);
        }
        catch (JsonException e)
        {
            throw new LedgerException("019", $"{path} does not say where the ledger is.", $"Restore it from its backup: {{\"ledger\": \"ledger.db\"}}, or a connection string in the place of the file's name.", e);
        }
    }

    private sealed record Content([property: JsonPropertyName("ledger")] string Ledger);
}
