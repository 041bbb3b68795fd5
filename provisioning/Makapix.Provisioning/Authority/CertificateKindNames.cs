using System.Text.Json;

namespace Makapix.Provisioning.Authority;

/// <summary>How kinds are spelled in file names, in the index and to people.</summary>
public static class CertificateKindNames
{
    /// <summary><c>devices-issuing</c>, <c>broker</c>, …</summary>
    public static string NameOf(CertificateKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
