using Makapix.Provisioning.Authority.Profiles;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>Subject, and subject alternative names where the profile has them.</summary>
internal sealed class NamesModifier : IDraftModifier
{
    public void Apply(CertificateDraft draft, IssueContext context)
    {
        draft.Subject = draft.Request.Names.ToSubject();
        if (draft.Profile.SubjectAltName != AlternativeNames.None)
        {
            draft.Extensions.Add(draft.Request.Names.ToSubjectAltName());
        }
    }
}
