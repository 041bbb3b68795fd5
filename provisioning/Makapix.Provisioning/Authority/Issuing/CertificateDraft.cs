using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>A certificate before it is signed: what its profile says of every certificate of the kind, and room for what is this one's own.</summary>
internal sealed class CertificateDraft
{
    private CertificateDraft(CertificateProfile profile, IssueRequest request)
    {
        Profile = profile;
        Request = request;
    }

    public CertificateProfile Profile { get; }

    public IssueRequest Request { get; }

    public byte[] Serial { get; set; } = [];

    public X500DistinguishedName? Subject { get; set; }

    public DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset NotAfter { get; set; }

    public List<X509Extension> Extensions { get; } = [];

    /// <summary>The template: constraints and usages, which are the same in every certificate of the profile.</summary>
    public static CertificateDraft Of(CertificateProfile profile, IssueRequest request)
    {
        var draft = new CertificateDraft(profile, request);
        draft.Extensions.Add(new X509BasicConstraintsExtension(profile.IsAuthority, profile.IsAuthority, profile.PathLength ?? 0, critical: true));
        draft.Extensions.Add(new X509KeyUsageExtension(profile.KeyUsage, critical: true));
        if (profile.ExtendedKeyUsage is { } usage)
        {
            draft.Extensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        }

        return draft;
    }

    /// <summary>The certificate.</summary>
    public X509Certificate2 Sign(SigningKey signer, X509Certificate2? issuer)
    {
        var subject = Subject ?? throw new InvalidOperationException("The draft names nobody.");
        var request = new CertificateRequest(subject, Request.SubjectKey, signer.Kind.Hash());
        Extensions.ForEach(request.CertificateExtensions.Add);
        return request.Create(issuer?.SubjectName ?? subject, signer.Generator, NotBefore, NotAfter, Serial);
    }
}
