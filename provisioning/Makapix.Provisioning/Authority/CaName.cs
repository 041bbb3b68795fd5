using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// The common names of CAs. The generation is in them: two CAs of one name and different keys confuse whoever looks up issuers and CRLs by name. What a CA is for
/// is in them alone: in all else an issuing CA of devices is like one of services.
/// </summary>
internal static partial class CaName
{
    /// <summary>What a CA of that kind is called, between the organization and the generation.</summary>
    public static string Title(CertificateKind kind) => kind switch
    {
        CertificateKind.Root => "Root CA",
        CertificateKind.DevicesIssuing => "Devices CA",
        _ => "Services CA",
    };

    public static CertificateNames Of(string organization, CertificateKind kind, int generation) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{organization} {Title(kind)} G{generation}")) { Organization = organization };

    /// <summary>Whether that is the name of an issuing CA for services. An organization may have any name: only the end of the whole counts.</summary>
    public static bool IsServices(X509Certificate2 ca) => Services().IsMatch(ca.GetNameInfo(X509NameType.SimpleName, forIssuer: false));

    [GeneratedRegex(@" Services CA G[1-9][0-9]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Services();
}
