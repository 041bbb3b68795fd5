using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Makapix.Provisioning.Authority.Profiles;

/// <summary>The profile of every kind of certificate. The files of <c>certs/profiles</c> are built into the program: no one edits them on a station.</summary>
internal sealed class CertificateProfiles
{
    private readonly FrozenDictionary<CertificateKind, CertificateProfile> _byKind;

    private CertificateProfiles(IEnumerable<CertificateProfile> profiles) => _byKind = profiles.ToFrozenDictionary(p => p.Kind);

    public CertificateProfile this[CertificateKind kind] => _byKind[kind];

    public IEnumerable<CertificateProfile> Leaves => _byKind.Values.Where(p => !p.IsAuthority);

    public static CertificateProfiles Load() => new(Enum.GetValues<CertificateKind>().Select(Load));

    private static CertificateProfile Load(CertificateKind kind)
    {
        var name = $"profiles/{CertificateKindNames.NameOf(kind)}.json";
        using var json = typeof(CertificateProfiles).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"{name} is not built in.");
        var profile = ProfileDocument.Parse(json);
        return profile.Kind == kind ? profile : throw new InvalidDataException($"{name} describes another kind.");
    }
}
