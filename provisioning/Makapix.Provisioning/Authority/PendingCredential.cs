using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// A credential that is being written into files: a note in the authority's folder, begun before its certificate is issued and gone when all files are
/// there. It is held open for as long as its process lives, so that everybody can tell a note of the dead from one of the living.
/// </summary>
internal sealed class PendingCredential : IDisposable
{
    private const string Extension = ".json";
    private const int MaxBytes = 64 * 1024;

    // Windows deletes an open file only if its handle says that it may; elsewhere that word would make the lock a shared one.
    private static readonly FileShare Alone = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    private readonly FileStream _held;

    private PendingCredential(FileStream held, string serial, string certificatePath)
    {
        _held = held;
        Serial = serial;
        CertificatePath = certificatePath;
    }

    /// <summary>Serial number of the certificate that is, or was to be, issued.</summary>
    public string Serial { get; }

    /// <summary>The file that is written last.</summary>
    public string CertificatePath { get; }

    public static bool Any(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*" + Extension).Any();

    /// <summary>The caller is a writer of the ledger until it returns.</summary>
    public static PendingCredential Begin(string folder, string serial, string certificatePath)
    {
        DurableFile.CreatePrivateFolder(folder);
        var path = Path.Combine(folder, serial + Extension);
        var full = Path.GetFullPath(certificatePath);
        DurableFile.Create(path, JsonSerializer.SerializeToUtf8Bytes(new Note(full), AuthorityJson.Options), DurableFile.Private);
        return new PendingCredential(Hold(path), serial, full);
    }

    /// <summary>The notes whose process is no more. The caller is a writer of the ledger.</summary>
    public static IReadOnlyList<PendingCredential> TakeDead(string folder)
    {
        var dead = new List<PendingCredential>();
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Extension) : [])
        {
            try
            {
                dead.Add(Read(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody holds it, or has just ended it.
            }
        }

        return dead;
    }

    /// <summary>True if the certificate is in its file.</summary>
    public bool IsWritten()
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(AuthorityFile.ReadPem(CertificatePath, "CERTIFICATE"));
            return certificate.SerialNumber == Serial;
        }
        catch (Exception e) when (e is AuthorityException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>It is settled: the files are there, or the certificate is revoked.</summary>
    public void Done() => File.Delete(_held.Name);

    public void Dispose() => _held.Dispose();

    private static PendingCredential Read(string path)
    {
        var held = Hold(path);
        try
        {
            // An empty one is the note of a process that died over it: it had issued nothing yet.
            var note = held.Length is > 0 and < MaxBytes ? JsonSerializer.Deserialize<Note>(held, AuthorityJson.Options) : null;
            return new PendingCredential(held, Path.GetFileNameWithoutExtension(path), note?.Certificate ?? path);
        }
        catch (JsonException)
        {
            held.Dispose();
            throw AuthorityFile.Damaged(path);
        }
    }

    private static FileStream Hold(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, Alone);

    private sealed record Note(string Certificate);
}
