namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>Fills in a part of a certificate that its profile leaves open.</summary>
internal interface IDraftModifier
{
    void Apply(CertificateDraft draft, IssueContext context);
}
