using System;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>The profile's life, from a little before now, inside the issuer's own, whatever the clock says.</summary>
internal sealed class ValidityModifier : IDraftModifier
{
    /// <summary>Clocks of brokers and devices are seconds to minutes apart.</summary>
    public static readonly TimeSpan Backdating = TimeSpan.FromMinutes(5);

    public void Apply(CertificateDraft draft, IssueContext context)
    {
        draft.NotBefore = context.Now - Backdating;
        draft.NotAfter = draft.NotBefore + draft.Profile.Validity;
        if (context.Issuer is { } issuer)
        {
            draft.NotBefore = Max(draft.NotBefore, issuer.NotBefore.ToUniversalTime());
            draft.NotAfter = Min(draft.NotAfter, issuer.NotAfter.ToUniversalTime());
        }
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
