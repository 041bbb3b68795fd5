using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Profiles;

/// <summary>The names: what a broker or a device goes by.</summary>
internal sealed partial class ProfileLinter
{
    private void CheckNames()
    {
        // A CA has an organization; a leaf has a common name and nothing else, since a broker sees nothing else.
        (string, string)[] subject = _profile.IsAuthority
            ? [(DistinguishedName.OrganizationOid, _names.Organization ?? ""), (DistinguishedName.CommonNameOid, _names.CommonName)]
            : [(DistinguishedName.CommonNameOid, _names.CommonName)];
        Require(DistinguishedName.Attributes(_certificate.SubjectName) is { } attributes && attributes.SequenceEqual(subject), "its subject is not the one asked for");

        Require(_profile.CommonName.IsMatch(_names.CommonName), "its common name is not one of its kind");
        Require(
            _profile.IsAuthority || !_profiles.Leaves.Any(other => other != _profile && other.CommonName.IsMatch(_names.CommonName)),
            "its common name is one of another kind");
    }

    private void CheckSubjectAltName(X509Extension extension)
    {
        Require(!extension.Critical, "its subject alternative name is critical");
        var actual = GeneralName.ReadAll(extension.RawData) ?? [];
        var expected = _profile.SubjectAltName == AlternativeNames.Player ? ["DNS:player-" + _names.CommonName] : _names.AlternativeNames;
        Require(actual.Count > 0 && actual.SequenceEqual(expected), "its subject alternative names are not the ones asked for");
        Require(_profile.SubjectAltName == AlternativeNames.Player || _names.DnsNames.All(HostName.IsValid), "a subject alternative name is not a host name");
        Require(_profile.SubjectAltName == AlternativeNames.Player || _names.DnsNames.Contains(_names.CommonName), "its common name is not among its host names");
    }
}
