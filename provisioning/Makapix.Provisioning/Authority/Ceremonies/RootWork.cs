using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority.Ceremonies;

/// <summary>
/// What a ceremony signed: the root's new list and the record. Both are on the disk, in one file, before the ledger takes the number of the list, and take
/// their places after it: whatever dies in between, the ledger says whether they count, and nobody has to fetch the root again to finish.
/// </summary>
/// <param name="Crl">The root's list, PEM.</param>
/// <param name="Ceremony">The record, PEM.</param>
/// <param name="Number">The number of that list.</param>
/// <param name="Record">What the record says.</param>
internal sealed record RootWork(string Crl, string Ceremony, long Number, CeremonyRecord Record)
{
    public static void Write(string path, string crl, string ceremony) => DurableFile.Create(path, Encoding.ASCII.GetBytes(crl + ceremony), DurableFile.Private);

    /// <exception cref="AuthorityException">MKX-CA-006: it is damaged, or this root did not sign it.</exception>
    public static RootWork Read(string path, X509Certificate2 root)
    {
        var text = AuthorityFile.ReadText(path);
        if (PemEncoding.TryFind(text, out var first) && text[..first.Location.End.Value] + "\n" is var crl && text[first.Location.End.Value..].TrimStart('\n') is var ceremony
            && RevocationListContent.Read(crl, root) is { } list && CeremonyRecord.Read(ceremony, root) is { } record)
        {
            return new RootWork(crl, ceremony, list.Number, record);
        }

        throw AuthorityFile.Damaged(path);
    }

    /// <summary>Whether the folder has that record already.</summary>
    public bool IsRecorded(AuthorityPaths paths) => paths.Ceremonies().Any(file => AuthorityFile.ReadText(file) == Ceremony);

    /// <summary>Whether the folder has that list, or a newer one. One that cannot be read is none.</summary>
    public bool IsPublished(AuthorityPaths paths, X509Certificate2 root) =>
        File.Exists(paths.RootCrl) && RevocationListContent.Read(AuthorityFile.ReadText(paths.RootCrl), root) is { } list && list.Number >= Number;
}
