using System.IO;

namespace Makapix.Provisioning.Authority;

/// <summary>Where things lie in an authority's folder; <c>certs/README.md</c> shows the whole.</summary>
internal sealed record AuthorityPaths(string Folder)
{
    public string Index => Path.Combine(Folder, "issued.jsonl");

    public string DeviceSecret => Path.Combine(Folder, "device-secret.key");

    public string Certificate(CertificateKind kind) => Path.Combine(Folder, CertificateKindNames.NameOf(kind) + ".crt");

    public string Key(CertificateKind kind) => Path.Combine(Folder, CertificateKindNames.NameOf(kind) + ".key");
}
