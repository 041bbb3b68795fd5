using System.Collections.Generic;
using System.IO;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Schemas;

namespace Makapix.Provisioning.Authority.Ceremonies;

/// <summary>A ceremony written down beforehand: what <c>ca init --ceremony FILE</c> reads, by <c>certs/ceremony.schema.json</c>.</summary>
public static class CeremonyFile
{
    private const int MaxBytes = 64 * 1024;
    private static readonly EmbeddedSchema Schema = new("certs/ceremony.schema.json");

    /// <summary>The plan that it describes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="folder">The authority's folder.</param>
    /// <param name="rootFolder">The root's folder.</param>
    /// <exception cref="AuthorityException">MKX-CA-071: it is none. 060, 061: a token's URI.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CeremonyPlan Read(string path, string folder, string rootFolder)
    {
        try
        {
            using var json = new FileInfo(path).Length <= MaxBytes ? File.OpenRead(path) : throw new InvalidDataException("It is too long.");
            return Schema.Read<CeremonyDocument, CeremonyPlan>(json, "ceremony", AuthorityJson.Options, document => Plan(document, folder, rootFolder));
        }
        catch (InvalidDataException e)
        {
            throw new AuthorityException("071", $"'{path}' cannot be followed. {e.Message.TrimEnd('.')}.", "Write it by certs/ceremony.schema.json; certs/README.md has an example.", e);
        }
    }

    private static CeremonyPlan Plan(CeremonyDocument document, string folder, string rootFolder) => new(folder, rootFolder)
    {
        Organization = document.Organization,
        Witnesses = document.Witnesses ?? [],
        Root = Source(document.Root),
        DevicesIssuing = Source(document.DevicesIssuing),
        ServicesIssuing = Source(document.ServicesIssuing),
    };

    private static KeySource Source(KeyDocument? key) => new(key?.Key ?? KeyKind.EcP256) { Token = key?.Uri is { } uri ? TokenUri.Parse(uri) : null };

    private sealed record CeremonyDocument(string Organization, IReadOnlyList<string>? Witnesses = null, KeyDocument? Root = null, KeyDocument? DevicesIssuing = null, KeyDocument? ServicesIssuing = null);

    private sealed record KeyDocument(string Store, KeyKind? Key = null, string? Uri = null);
}
