using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;
using Makapix.Provisioning.Schemas;

namespace Makapix.Provisioning.Authority.Profiles;

/// <summary>The profile of every kind of certificate. The files of <c>certs/profiles</c> are built into the program: no one edits them on a station.</summary>
internal sealed class CertificateProfiles
{
    private readonly FrozenDictionary<CertificateKind, CertificateProfile> _byKind;

    private CertificateProfiles(IEnumerable<CertificateProfile> profiles) => _byKind = profiles.ToFrozenDictionary(p => p.Kind);

    /// <summary>All of them, read once in the life of the program.</summary>
    public static CertificateProfiles BuiltIn { get; } = new(new EmbeddedDocuments<CertificateProfile>(
        "profiles", [.. Enum.GetValues<CertificateKind>().Select(CertificateKindNames.NameOf)], ProfileDocument.Parse, profile => CertificateKindNames.NameOf(profile.Kind)).All);

    public CertificateProfile this[CertificateKind kind] => _byKind[kind];

    public IEnumerable<CertificateProfile> Leaves => _byKind.Values.Where(p => !p.IsAuthority);
}
